import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { LedgerItem } from './ledger-snapshot.ts';
import { placesOf } from './places.ts';
import type { World } from './world.ts';

/** Memory and timeout of every function, by name. */
export type Sizes = ReadonlyMap<string, { memorySizeMb: number; timeoutSeconds: number }>;

interface Change {
  functionName: string;
  status: string;
  before: { memorySizeMb: number; timeoutSeconds: number };
  after: { memorySizeMb: number; timeoutSeconds: number };
  decision?: { decision: string; at: string; by: { kind: string; name: string }; onlyThisStep?: boolean };
  startedAt: string;
  runId: string;
}

export interface NightEvidence {
  ledger: readonly LedgerItem[];
  /** Sizes when the night began. */
  before: Sizes;
  report:
    | {
        excluded: { functionName: string }[];
        assessed: { functionName: string }[];
        unavailableSources?: { source: string }[] | undefined;
      }
    | undefined;
}

/**
 * What must hold after every night, checked from the outside: by the account's own state and the table's raw items,
 * with none of the handlers' code. Each violation is one sentence.
 */
export function findViolations(world: World, night: NightEvidence): string[] {
  // Raw items of the table, read from outside on purpose: the sort key says which record each is.
  const changes = night.ledger.filter(({ sk }) => sk.startsWith('CHANGE#')) as unknown as Change[];
  return [
    ...changesWithoutConsent(changes, night.ledger),
    ...unexplainedConfigurations(world, night.before, changes),
    ...unaccountedFunctions(world, night),
    ...unexplainedWeights(world, changes),
    ...staleOpenings(night.ledger),
    ...leakedSecrets(world, night.ledger),
    ...placesOf(world).flatMap(({ account }) => [...account.iam.refusals]),
  ];
}

/** The sizes in every account at this moment. */
export function sizesNow(world: Pick<World, 'account' | 'fleet' | 'spokes'>): Sizes {
  return new Map(
    placesOf(world).flatMap(({ account, keyOf }) =>
      account.lambda.functions
        .all()
        .map(({ name, configuration }) => [
          keyOf(name),
          { memorySizeMb: configuration.MemorySize ?? 0, timeoutSeconds: configuration.Timeout ?? 0 },
        ]),
    ),
  );
}

function changesWithoutConsent(changes: readonly Change[], ledger: readonly LedgerItem[]): string[] {
  const proposals = new Map(
    ledger.filter(({ sk }) => sk.startsWith('PROPOSAL#')).map((item) => [`${item.pk}/${item.sk}`, item]),
  );
  return changes.flatMap(({ functionName, runId, decision, startedAt, before, after }) => {
    const proposal = proposals.get(`RUN#${runId}/PROPOSAL#${functionName}`);
    const consented = decision?.decision === 'approved' && Boolean(decision.by.name) && decision.at <= startedAt;
    const isAnswered =
      decision?.by.kind !== 'consent' || isCovered({ functionName, before, after, startedAt }, changes, proposals);
    if (consented && isAnswered && proposal?.['status'] === 'approved') return [];
    return [`${functionName} was changed by ${runId} without a recorded approval before it`];
  });
}

/** Whether a person approved an earlier change of the function with further steps that this one is among. */
function isCovered(
  { functionName, before, after, startedAt }: Pick<Change, 'functionName' | 'before' | 'after' | 'startedAt'>,
  changes: readonly Change[],
  proposals: ReadonlyMap<string, LedgerItem>,
): boolean {
  return changes.some(({ decision, runId, ...earlier }) => {
    if (earlier.functionName !== functionName || earlier.startedAt >= startedAt) return false;
    if (decision === undefined || ['consent', 'policy'].includes(decision.by.kind) || decision.onlyThisStep)
      return false;
    const { covers } = (proposals.get(`RUN#${runId}/PROPOSAL#${functionName}`) ?? {}) as Partial<ProposalRecord>;
    return (
      covers !== undefined &&
      startedAt < covers.until &&
      after.memorySizeMb >= covers.leastMemorySizeMb &&
      after.memorySizeMb <= covers.mostMemorySizeMb &&
      after.timeoutSeconds >= before.timeoutSeconds &&
      after.timeoutSeconds <= (covers.mostTimeoutSeconds ?? before.timeoutSeconds)
    );
  });
}

function unexplainedConfigurations(world: World, before: Sizes, changes: readonly Change[]): string[] {
  return [...sizesNow(world)].flatMap(([functionName, now]) => {
    const then = before.get(functionName);
    const allowed = changes
      .filter((each) => each.functionName === functionName)
      .flatMap((each) => [each.before, each.after]);
    const known = [...(then ? [then] : []), ...allowed];
    if (known.some((each) => each.memorySizeMb === now.memorySizeMb && each.timeoutSeconds === now.timeoutSeconds))
      return [];
    return [`${functionName} has ${now.memorySizeMb} MB and ${now.timeoutSeconds} s, which nobody approved`];
  });
}

/** Nobody but us shifts traffic in the demo, and after a night only what is watched may still be shifting. */
function unexplainedWeights(world: World, changes: readonly Change[]): string[] {
  const watched = new Set(
    changes.filter(({ status }) => status === 'Watching').map(({ functionName }) => functionName),
  );
  return placesOf(world).flatMap(({ account, keyOf }) =>
    account.lambda.functions
      .all()
      .flatMap(({ name, aliases }) =>
        [...aliases.values()]
          .filter(({ RoutingConfig }) => RoutingConfig !== undefined && !watched.has(keyOf(name)))
          .map(({ Name }) => `alias ${Name} of ${keyOf(name)} still has weights after its change was settled`),
      ),
  );
}

/** Functions of an account that refuses are nobody's to account for, but the account itself is. */
function unaccountedFunctions(world: World, { report, before }: NightEvidence): string[] {
  if (report === undefined) return ['the night left no report'];
  const seen = new Map<string, number>();
  for (const { functionName } of [...report.excluded, ...report.assessed])
    seen.set(functionName, (seen.get(functionName) ?? 0) + 1);
  const twice = [...seen].filter(([, times]) => times > 1).map(([name]) => `${name} is accounted for more than once`);
  const refusing = placesOf(world).filter(({ refuses }) => refuses);
  const isBehind = (name: string) => refusing.some(({ keyOf }) => name.startsWith(keyOf('')));
  const missing = [...before.keys()]
    .filter((name) => !seen.has(name) && !isBehind(name))
    .map((name) => `${name} is not accounted for`);
  const unnamed = refusing
    .map(({ account: { accountId, region } }) => ({ accountId, region }))
    .filter(({ accountId, region }) => !isNamed(report.unavailableSources ?? [], accountId, region))
    .map(({ accountId, region }) => `${accountId} refuses in ${region}, and the report does not say so`);
  return [...twice, ...missing, ...unnamed];
}

const isNamed = (sources: readonly { source: string }[], accountId: string, region: string): boolean =>
  sources.some(({ source }) => source.includes(accountId) && source.endsWith(` in ${region}`));

/** When a night is over nothing may stay open but what is watched, and that has a change behind it. */
function staleOpenings(ledger: readonly LedgerItem[]): string[] {
  // As above.
  const functions = ledger.filter(({ sk }) => sk === 'STATE') as unknown as {
    functionName: string;
    open?: { kind: string; runId: string };
  }[];
  return functions.flatMap(({ functionName, open }) => {
    if (open === undefined) return [];
    const change = ledger.find(({ pk, sk }) => pk === `FUNCTION#${functionName}` && sk === `CHANGE#${open.runId}`);
    if (open.kind === 'watching' && change?.['status'] === 'Watching') return [];
    return [`${functionName} still has an open ${open.kind} of ${open.runId} after the night`];
  });
}

function leakedSecrets({ account }: World, ledger: readonly LedgerItem[]): string[] {
  const tokens = ledger.filter(({ sk }) => sk.startsWith('TOKEN#')).map((item) => String(item['taskToken']));
  const mails = account.sns.inbox.map(({ message }) => message).join('\n');
  const links = [...mails.matchAll(/\/runs\/([\w-]+)/g)].map(([, id]) => id ?? '');
  const stored = JSON.stringify(ledger);
  return [
    ...tokens.filter((token) => mails.includes(token)).map(() => 'a mail holds a task token'),
    ...links.filter((id) => stored.includes(id)).map(() => 'the ledger holds a link’s id in clear'),
  ];
}
