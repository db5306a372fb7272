"use client";

import type { FeaturePath } from "@scrapersky/api/contract";
import {
  AtSign,
  Building2,
  CalendarClock,
  CopyCheck,
  Database,
  FileDown,
  Gauge,
  HeartPulse,
  KeyRound,
  Landmark,
  Layers,
  ListChecks,
  ScrollText,
  Shield,
  ShieldCheck,
  ToggleRight,
  Users,
  Webhook,
  type LucideIcon,
} from "lucide-react";
import { isPlace } from "./navigation.ts";

const ICONS: Record<"" | FeaturePath, LucideIcon> = {
  "": Gauge,
  "/leads": Building2,
  "/contacts": AtSign,
  "/exports": FileDown,
  "/batches": Layers,
  "/jobs": ListChecks,
  "/schedules": CalendarClock,
  "/bulk": CopyCheck,
  "/profiles": Users,
  "/keys": KeyRound,
  "/audit": ScrollText,
  "/roles": Shield,
  "/features": ToggleRight,
  "/webhooks": Webhook,
};

/** Of pages that belong to no tenant. */
const ADMIN_ICONS: Partial<Record<string, LucideIcon>> = {
  "/admin/tenants": Landmark,
  "/admin/roles": ShieldCheck,
  "/admin/health": HeartPulse,
  "/admin/db": Database,
};

/** The picture of an entry of the sidebar. */
export function PlaceIcon({ path }: { path: string }) {
  const Icon = isPlace(path) ? ICONS[path] : (ADMIN_ICONS[path] ?? Gauge);
  return <Icon aria-hidden className="size-4" strokeWidth={1.75} />;
}
