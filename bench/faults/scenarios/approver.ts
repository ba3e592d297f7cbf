import { linkIn, openForm, sendForm } from '../../../sandbox/demos/night/approver.ts';
import type { World } from '../../../sandbox/demos/night/world.ts';
import type { Consent } from '../world/evidence.ts';

/** A person who gets an error tries again a while later, and gives up some time. */
const TRIES = 6;
const BETWEEN_TRIES_MS = 10 * 60_000;
const TAKEN = 303;

/** Says the same on the page until it is taken; what was said counts from the first time, whatever was answered. */
export async function decide(
  world: World,
  decision: Consent['decision'],
  functionNames: readonly string[],
): Promise<Consent[]> {
  if (functionNames.length === 0) return [];
  const { clock } = world;
  const links = new Set<string>();
  let saidAtMs: number | undefined;
  let taken = false;
  for (let attempt = 0; attempt < TRIES && !taken; attempt += 1) {
    if (attempt > 0) await clock.advanceTo(clock.now() + BETWEEN_TRIES_MS);
    const status = await clock.complete(async () => {
      try {
        const form = await openForm(world);
        saidAtMs ??= clock.now();
        links.add(form.link);
        return await sendForm(world, form, { decision, functionNames });
      } catch {
        // The page answered an error, or no form: what anybody would see and close.
        return undefined;
      }
    });
    taken = status === TAKEN;
  }
  const atMs = saidAtMs;
  if (atMs === undefined) return [];
  return functionNames.map((functionName) => ({ functionName, decision, atMs, taken, links: [...links] }));
}

/** Every link that any mail of the account carries. */
export const linksIn = ({ account }: Pick<World, 'account'>): string[] =>
  account.sns.inbox.flatMap(({ message }) => linkIn(message) ?? []);
