"use client";

export { PageProblem as default } from "#shell/page-problem.tsx";
