import type { Artifacts } from '../../../../../shared/clients/artifacts/artifacts.ts';

/** Objects of a run in memory, through JSON as S3 would have them. */
export function memoryArtifacts(
  objects: Record<string, unknown> = {},
): Artifacts & { objects: Record<string, unknown> } {
  return {
    objects,
    readJson: async (key, parse) => parse(JSON.parse(JSON.stringify(objects[key]))),
    writeJson: async (key, value) => {
      objects[key] = JSON.parse(JSON.stringify(value));
    },
  };
}
