import * as v from 'valibot';
import { type Artifacts, artifactKey } from '../../../shared/clients/artifacts/artifacts.ts';
import type { RememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import { memoryEvidenceSchema } from '../../../shared/contracts/evidence.ts';
import { parseContract } from '../../../shared/contracts/parse.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { rememberLooks } from '../../../shared/domain/night/looks/remember-looks.ts';
import type { NightResults } from '../../../shared/domain/night/summary/summarize.ts';
import { logger } from '../../../shared/observability/logger.ts';

const itemsSchema = v.array(
  v.object({ functionName: v.string(), lastModified: v.string(), memoryEvidence: memoryEvidenceSchema }),
);

export interface KeepLooks {
  artifacts: Artifacts;
  looks: RememberedLooks;
}

/** Hands tonight's looks on to the next nights; a night that cannot costs the next one another look, and nothing else. */
export async function keepLooks(run: RunContext, night: NightResults, { artifacts, looks }: KeepLooks): Promise<void> {
  if (run.trigger !== 'schedule') return;
  try {
    const [items, former] = await Promise.all([
      artifacts.readJson(artifactKey(run, 'assessment-items.json'), (value) =>
        parseContract('assessment items', itemsSchema, value),
      ),
      looks.read(run),
    ]);
    await looks.write(rememberLooks(run, night, items, former));
  } catch (error) {
    logger.warn('what this night looked at is not remembered', error as Error);
  }
}
