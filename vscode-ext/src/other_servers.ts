// What other Python extensions show already and overt would only repeat. Asked each time: they come and go, and may be there
// but switched off.
import { extensions, workspace } from "vscode";
import type { Uri } from "vscode";

interface Other {
  id: string;
  setting?: string; // which can switch its language server off
  isOn(value: unknown): boolean;
  completesOverrides?: true;
}

const always = (): boolean => true;
const unlessDisabled = (value: unknown): boolean => value !== true;
const withOutline: Other[] = [
  {
    id: "ms-python.vscode-pylance",
    setting: "python.languageServer",
    isOn: (value) => value === undefined || value === "Default" || value === "Pylance",
    completesOverrides: true,
  },
  { id: "ms-pyright.pyright", setting: "pyright.disableLanguageServices", isOn: unlessDisabled, completesOverrides: true },
  {
    id: "detachhead.basedpyright",
    setting: "basedpyright.disableLanguageServices",
    isOn: unlessDisabled,
    completesOverrides: true,
  },
  { id: "meta.pyrefly", setting: "python.pyrefly.disableLanguageServices", isOn: unlessDisabled },
  { id: "astral-sh.ty", setting: "ty.disableLanguageServices", isOn: unlessDisabled },
  { id: "zubanls.zubanls", isOn: always },
];

function isAtWork({ id, setting, isOn }: Other, scope: Uri): boolean {
  if (extensions.getExtension(id) === undefined) return false;
  return isOn(setting && workspace.getConfiguration(undefined, scope).get(setting));
}

export const others = {
  // The outline would have two trees of the same symbols.
  showOutline: (scope: Uri): boolean => withOutline.some((one) => isAtWork(one, scope)),
  // After `def ` the same stubs would be offered twice.
  completeOverrides: (scope: Uri): boolean => withOutline.some((one) => one.completesOverrides && isAtWork(one, scope)),
};
