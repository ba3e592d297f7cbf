import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../../../sandbox/demos/night/synthesized-stack.ts';
import type { Handler, TaskHandlers } from '../../../sandbox/deployment/task-handlers.ts';
import type { Template } from '../../../sandbox/deployment/template.ts';
import type { registerClientPlugin } from '../../../shared/clients/sdk.ts';
import type { useClock } from '../../../shared/clock.ts';
import type { NightWorld } from '../night-world.ts';

/** See its README; made by `freeze-release.ts`. */
const FOLDER = path.join(import.meta.dirname, '../../fixtures/release-0.1.0');

/** The seams by which an embedded account is entered, and the tasks of night and approval. */
interface FrozenRelease {
  registerClientPlugin: typeof registerClientPlugin;
  useClock: typeof useClock;
  tasks: Readonly<Record<string, () => Promise<{ handler: Handler }>>>;
}

/** The stack that release 0.1.0 deployed. */
export const release010 = (): SynthesizedStack => ({
  stackName: 'Rightsizer',
  template: JSON.parse(readFileSync(path.join(FOLDER, 'template.json'), 'utf8')),
});

export interface RunningRelease {
  /** What of the release was called, as `task` or, by a state machine, as `task:version`. */
  readonly called: Set<string>;
  /** Deploys over it: what state machines call by version stays, what is called by name is the present code. */
  upgrade(template: Template): void;
  /** Takes its code out of the account. */
  leave(): void;
}

/** Who decides on the page knows its task by its present name, which was another in this release. */
function servePageAs(formerName: string, handlers: TaskHandlers): { stop(): void } {
  const { actAs, standIns } = handlers;
  standIns.set('serve-page', standIns.get(formerName)!);
  handlers.actAs = (task, work) => actAs(task === 'serve-page' ? formerName : task, work);
  return {
    stop: () => {
      standIns.delete('serve-page');
      handlers.actAs = actAs;
    },
  };
}

/** Has a world's tasks run the release's own code; packages are those of the present lock file. */
export function runRelease010({ account, clock, deployment }: NightWorld): RunningRelease {
  const { standIns } = deployment.handlers;
  const release: FrozenRelease = require(path.join(FOLDER, 'tasks.cjs'));
  const stopPlugin = release.registerClientPlugin(account.plugin());
  const restoreClock = release.useClock(clock);
  const called = new Set<string>();
  const standIn = (name: string, load: () => Promise<{ handler: Handler }>) =>
    standIns.set(name, async (event, context) => {
      called.add(name);
      return (await load()).handler(event, context);
    });
  for (const [task, load] of Object.entries(release.tasks)) {
    standIn(task, load);
    standIn(`${task}:1`, load);
  }
  const page = servePageAs('decide', deployment.handlers);
  return {
    called,
    upgrade: (template) => {
      page.stop();
      called.clear();
      for (const task of Object.keys(release.tasks)) standIns.delete(task);
      deployment.update(template, { newEnvironment: true });
    },
    leave: () => {
      stopPlugin();
      restoreClock();
    },
  };
}
