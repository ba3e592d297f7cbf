import type { PluggableClient } from '../../../../sandbox/account/core/client-plugin.ts';
import { SandboxAccount, type SandboxAccountOptions } from '../../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';

export const START_MS = Date.UTC(2026, 10, 2, 2);

/** An account at a fixed time, its clients, and a way to let virtual time pass while something runs. */
export function inAccount(options: Partial<SandboxAccountOptions> = {}) {
  const clock = new VirtualClock(START_MS);
  const account = new SandboxAccount({ clock, seed: 7, ...options });
  return {
    clock,
    account,
    client: <Client extends PluggableClient>(
      Constructor: new (config: never) => Client,
      config: object = {},
    ): Client => {
      const client = new Constructor(config as never);
      account.plugin()(client);
      return client;
    },
    run: <T>(activity: () => Promise<T>): Promise<T> => clock.complete(activity),
  };
}
