/** The extension: starts `mutandis lsp` for the first file of a rulebook, and stops it with the editor. */

import * as fs from "node:fs";
import * as path from "node:path";

import * as vscode from "vscode";
import { LanguageClient, TransportKind, type LanguageClientOptions } from "vscode-languageclient/node";

import { findRulebook, type Disk } from "./rulebook";
import { complaint, startOf, type Settings } from "./settings";

let client: LanguageClient | undefined;

const disk: Disk = {
  isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  folders: (folder) => {
    try {
      return fs
        .readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name);
    } catch {
      return []; // a folder on the way up that may not be looked into is no rulebook of this person
    }
  },
};

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("mutandis.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("mutandis") && client !== undefined) {
        await stop();
        await start();
      }
    }),
  );
  vscode.workspace.textDocuments.forEach(startFor);
}

export async function deactivate(): Promise<void> {
  await stop();
}

/** Start the server once a file of a rulebook is open: other YAML needs none. */
function startFor(document: vscode.TextDocument): void {
  const isOurs = document.languageId === "yaml" && document.uri.scheme === "file";
  if (client === undefined && isOurs && (settings().rulebook || findRulebook(document.uri.fsPath, disk))) {
    void start();
  }
}

async function start(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const { command, args, environment } = startOf(settings(), folder);
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml,lock}") },
  };
  const run = {
    command,
    args,
    transport: TransportKind.stdio,
    options: { env: { ...process.env, ...environment }, cwd: folder ?? path.dirname(process.execPath) },
  };
  const starting = new LanguageClient("mutandis", "Mutandis", run, options);
  client = starting;
  try {
    await starting.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(complaint(command, reason));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

function settings(): Settings {
  const found = vscode.workspace.getConfiguration("mutandis");
  return {
    command: found.get("command", "mutandis"),
    rulebook: found.get("rulebook", ""),
    texts: found.get("texts", ""),
  };
}
