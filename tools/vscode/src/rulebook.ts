/** Which rulebook a file lies in, found as `mutandis` finds it: upwards, to a folder whose folders are laws. */

import * as path from "node:path";

/** What is asked of the disk: whether there is such a file, and which folders a folder has. */
export interface Disk {
  isFile(path: string): boolean;
  folders(path: string): readonly string[];
}

/** The rulebook's folder around a file; undefined where there is none up to the root. */
export function findRulebook(file: string, disk: Disk): string | undefined {
  let folder = path.dirname(file);
  for (;;) {
    if (disk.isFile(path.join(folder, "law.yaml"))) {
      return path.dirname(folder);
    }
    if (disk.folders(folder).some((name) => disk.isFile(path.join(folder, name, "law.yaml")))) {
      return folder;
    }
    const above = path.dirname(folder);
    if (above === folder) {
      return undefined;
    }
    folder = above;
  }
}
