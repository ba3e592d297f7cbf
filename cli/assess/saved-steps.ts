import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Artifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';

/** What an assessment has found out so far, in files of its own folder, so that an interruption costs one step. */
export class SavedSteps implements Artifacts {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** The step's result: as it was saved, or as `work` makes it now. */
  async step<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const saved = this.read(name);
    if (saved !== undefined) return saved as Value;
    const value = await work();
    await this.writeJson(name, value);
    return value;
  }

  async readJson<Value>(key: string, parse: (value: unknown) => Value): Promise<Value> {
    const value = this.read(key);
    if (value === undefined) throw new ArtifactMissingError(`${this.file(key)} does not exist or is not JSON`);
    return parse(value);
  }

  /** Whole or not at all: a file that was being written when somebody pressed Ctrl-C is not there. */
  async writeJson(key: string, value: unknown): Promise<void> {
    const file = this.file(key);
    writeFileSync(`${file}.part`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }

  forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  private read(key: string): unknown {
    try {
      return JSON.parse(readFileSync(this.file(key), 'utf8'));
    } catch {
      return undefined;
    }
  }

  private file(key: string): string {
    return path.join(this.folder, key.replace(/[^\w.-]/g, '_'));
  }
}
