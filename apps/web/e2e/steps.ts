/** Counts what a person does for a task, each press and each thing typed, and prints it at the end. */
export const counting = (task: string) => {
  const steps: string[] = [];
  return {
    steps,
    do: async (what: string, act: Promise<unknown>): Promise<void> => {
      await act;
      steps.push(what);
    },
    tell: (): void => console.log(`${task}: ${steps.length} (${steps.join(", ")})`),
  };
};
