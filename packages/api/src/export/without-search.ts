import type { Export } from "./export.contract.ts";

/** The filters of an export but for those that may name somebody who was looked for. */
export const withoutSearch = ({
  q: _q,
  contact: _contact,
  title: _title,
  label: _label,
  ...filters
}: Export["filters"]): Export["filters"] => filters;
