// What people are told without having looked for it, as much of it as `overt.showNotifications` lets through. All of it is in
// the log as well.
import { window } from "vscode";
import { settings } from "./settings";
import type { Notifications } from "./settings";

export type Weight = "error" | "warning" | "info";

const letThrough: Record<Notifications, readonly Weight[]> = {
  off: [],
  onError: ["error"],
  onWarning: ["error", "warning"],
  always: ["error", "warning", "info"],
};

export function isShown(weight: Weight, wanted: Notifications): boolean {
  return (letThrough[wanted] ?? letThrough.always).includes(weight);
}

// The button that was pressed, if any was.
export async function notify<B extends string>(weight: Weight, text: string, ...buttons: B[]): Promise<B | undefined> {
  if (!isShown(weight, settings.notifications())) return undefined;
  if (weight === "error") return window.showErrorMessage(text, ...buttons);
  if (weight === "warning") return window.showWarningMessage(text, ...buttons);
  return window.showInformationMessage(text, ...buttons);
}
