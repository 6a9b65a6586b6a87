// What other Python extensions show already and overt would only repeat. Asked each time: they come and go.
import { extensions } from "vscode";

const pylance = "ms-python.vscode-pylance";
const withOutline = [
  pylance,
  "ms-pyright.pyright",
  "detachhead.basedpyright",
  "meta.pyrefly",
  "astral-sh.ty",
  "zubanls.zubanls",
];
const withOverrideCompletion = [pylance, "ms-pyright.pyright", "detachhead.basedpyright"];

const hasAny = (ids: string[]): boolean => ids.some((id) => extensions.getExtension(id) !== undefined);

export const others = {
  // The outline would have two trees of the same symbols.
  showOutline: (): boolean => hasAny(withOutline),
  // After `def ` the same stubs would be offered twice.
  completeOverrides: (): boolean => hasAny(withOverrideCompletion),
};
