import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { scheduleQuery } from "#schedule/schedule-queries.ts";
import { ScheduleView } from "#schedule/schedule-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/schedules/[scheduleId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, scheduleId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(scheduleQuery(api, scheduleId)));
  return { title: found?.name ?? "Schedule" };
}

export default async function SchedulePage({ params }: Props) {
  const { slug, scheduleId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(scheduleQuery(api, scheduleId)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <ScheduleView key={scheduleId} scheduleId={scheduleId} />
    </Hydrated>
  );
}
