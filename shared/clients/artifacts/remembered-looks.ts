import { type Looks, parseLooks } from '../../contracts/look.ts';
import type { RunContext } from '../../contracts/run.ts';
import { ArtifactMissingError } from '../../errors.ts';
import type { Artifacts } from './artifacts.ts';

/** Beside the runs, since it outlives each of them; a lifecycle rule expires it only where no night wrote it for long. */
const KEY = 'runs/looks.json';

/** What nights remember of functions that they had nothing to ask about. Losing it costs another look, no more. */
export interface RememberedLooks {
  /** Nothing for a run by hand: whoever starts one wants to know how things are now. Never fails. */
  read(run: Pick<RunContext, 'trigger'>): Promise<Looks>;
  write(looks: Looks): Promise<void>;
}

/** Where nothing is remembered. */
export const NO_LOOKS: RememberedLooks = { read: async () => ({}), write: async () => {} };

/** @param onFailure hears why what is there could not be read */
export function createRememberedLooks(artifacts: Artifacts, onFailure: (error: unknown) => void): RememberedLooks {
  return {
    read: async ({ trigger }) => {
      if (trigger !== 'schedule') return {};
      try {
        return await artifacts.readJson(KEY, parseLooks);
      } catch (error) {
        if (!(error instanceof ArtifactMissingError)) onFailure(error);
        return {};
      }
    },
    write: (looks) => artifacts.writeJson(KEY, looks),
  };
}
