/** What a person set, and how the server is started by it. */

/** The settings under `mutandis` in the editor. */
export interface Settings {
  readonly command: string;
  readonly rulebook: string;
  readonly texts: string;
}

/** How the server is started. */
export interface Start {
  readonly command: string;
  readonly args: string[];
  readonly environment: Record<string, string>;
}

/** The server's command line and what is added to its environment; `folder` stands for `${workspaceFolder}`. */
export function startOf(settings: Settings, folder: string | undefined): Start {
  const rulebook = expanded(settings.rulebook, folder);
  const texts = expanded(settings.texts, folder);
  return {
    command: expanded(settings.command, folder) || "mutandis",
    args: rulebook ? ["lsp", "--rulebook", rulebook] : ["lsp"],
    environment: texts ? { MUTANDIS_TEXTS: texts } : {},
  };
}

function expanded(text: string, folder: string | undefined): string {
  const trimmed = text.trim();
  return folder === undefined ? trimmed : trimmed.replaceAll("${workspaceFolder}", folder);
}

/** What to tell a person whose server did not start. */
export function complaint(command: string, reason: string): string {
  return (
    `The language server did not start: \`${command} lsp\` (${reason}). ` +
    "Install it with `pip install 'mutandis[lsp]'`, or name the program in the setting `mutandis.command`."
  );
}
