"use client";

import RoleDialog from "./role-dialog.tsx";

/** Makes a role for all tenants. */
export default function NewRoleDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return open ? <RoleDialog role={null} onClose={onClose} /> : null;
}
