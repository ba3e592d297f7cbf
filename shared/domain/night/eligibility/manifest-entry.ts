import type { FunctionRecord, StandingConsent } from '../../../contracts/ledger.ts';
import type { ManifestEntry } from '../../../contracts/manifest.ts';
import { whyLapsed } from '../../approval/standing-consent/why-lapsed.ts';
import { functionOwner } from './function-owner.ts';
import type { ListedFunction } from './listed-function.ts';

type Tags = Readonly<Record<string, string>>;

/** Tags travel with every function through the night's states, so they get a share of an item's 2 KB, not all. */
const TAGS_MAX_CHARS = 400;
const OWN_TAG_PREFIX = 'rightsizer:';
/** Tags AWS sets itself; what they tell is in the owner already. */
const AWS_TAG_PREFIX = 'aws:';

/** What the night hands on of a function that may be assessed. */
export function manifestEntry(
  listed: ListedFunction,
  tags: Tags,
  record: FunctionRecord | undefined,
  now: Date,
): ManifestEntry {
  const { functionName, functionArn, runtime, systemLogLevel, runtimeMemoryFloorMb: floorMb } = listed;
  return {
    functionName,
    functionArn,
    ...(runtime && { runtime }),
    architecture: listed.architecture,
    packageType: listed.packageType,
    memorySizeMb: listed.memorySizeMb,
    timeoutSeconds: listed.timeoutSeconds,
    ephemeralStorageMb: listed.ephemeralStorageMb,
    lastModified: listed.lastModified,
    codeSha256: listed.codeSha256,
    logGroupName: listed.logGroupName,
    logFormat: listed.logFormat,
    ...(systemLogLevel && { systemLogLevel }),
    owner: functionOwner(tags),
    ...(floorMb && { runtimeMemoryFloorMb: floorMb }),
    baselineMemorySizeMb: record?.baselineMemorySizeMb ?? listed.memorySizeMb,
    observations: record?.observations ?? [],
    ...coveredSizes(listed, record?.standingConsent, now),
    tags: keptTags(tags),
  };
}

/** As far as it can be told here; PrepareApprovals looks at the consent itself before anything rests on it. */
function coveredSizes(
  { codeSha256, memorySizeMb, timeoutSeconds }: ListedFunction,
  consent: StandingConsent | undefined,
  now: Date,
): Pick<ManifestEntry, 'coveredSizes'> {
  const subject = { codeSha256, current: { memorySizeMb, timeoutSeconds } };
  if (consent === undefined || whyLapsed(subject, consent, now.getTime()) !== undefined) return {};
  return { coveredSizes: { leastMb: consent.leastMemorySizeMb, mostMb: consent.mostMemorySizeMb } };
}

/** Our own tags first, then the others by name, as long as they fit. */
function keptTags(tags: Tags): Record<string, string> {
  const rank = (key: string): number => (key.startsWith(OWN_TAG_PREFIX) ? 0 : 1);
  const candidates = Object.entries(tags)
    .filter(([key]) => !key.startsWith(AWS_TAG_PREFIX))
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const kept: Record<string, string> = {};
  let left = TAGS_MAX_CHARS;
  for (const [key, value] of candidates) {
    left -= key.length + value.length;
    if (left < 0) break;
    kept[key] = value;
  }
  return kept;
}
