import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Artifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';

const WRITTEN_BY = { savedBy: 'rightsizer assess', schemaVersion: SCHEMA_VERSION } as const;

/** What an assessment has found out so far, in files of its own folder, so that an interruption costs one step. */
export class SavedSteps implements Artifacts {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** The step's result: as it was saved, or as `work` makes it now. `needs` names what it wrote besides. */
  async step<Value>(
    name: string,
    work: () => Promise<Value>,
    needs: (saved: Value) => readonly string[] = () => [],
  ): Promise<Value> {
    const saved = this.read(name) as Value | undefined;
    if (saved !== undefined && needs(saved).every((key) => this.read(key) !== undefined)) return saved;
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
    // Of its own name, since a second assessment may be writing the same.
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify({ ...WRITTEN_BY, value }), { mode: 0o600 });
    renameSync(part, file);
  }

  /** What does not say that it is from here, of this version, is not there: an older release wrote other shapes. */
  private read(key: string): unknown {
    try {
      const { savedBy, schemaVersion, value } = JSON.parse(readFileSync(this.file(key), 'utf8'));
      return savedBy === WRITTEN_BY.savedBy && schemaVersion === WRITTEN_BY.schemaVersion ? value : undefined;
    } catch {
      return undefined;
    }
  }

  private file(key: string): string {
    return path.join(this.folder, key.replace(/[^\w.-]/g, '_'));
  }
}
