import { ArtifactMissingError } from '../../../shared/errors.ts';

/** The run bucket's pages in memory, by key. */
export const nightPages =
  (pages: Readonly<Record<string, string>> = {}) =>
  async (key: string): Promise<string> => {
    const page = pages[key];
    if (page === undefined) throw new ArtifactMissingError(`${key} does not exist`);
    return page;
  };
