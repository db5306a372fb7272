"use client";

import { PageProblem } from "#shell/page-problem.tsx";

export default PageProblem;
