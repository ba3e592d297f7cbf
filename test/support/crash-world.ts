import { createAliasReader } from '../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../shared/clients/lambda/alias-router.ts';
import { createFunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import { createVersionPublisher } from '../../shared/clients/lambda/version-publisher.ts';
import { registerClientPlugin } from '../../shared/clients/sdk.ts';
import { FUNCTION_NAME } from './builders.ts';
import { createLedgerWorld, type LedgerWorld } from './ledger-table.ts';

/** Longer than any update of a function. */
const BETWEEN_TRIES_MS = 10 * 60_000;
const MOST_TRIES = 5;

/** A process that dies right after one of its calls of AWS: that call took effect, and none follows. */
export class Mortality {
  calls = 0;
  /** Which call, from 1, is the last; undefined for a process that lives. */
  diesAfter: number | undefined;
  private readonly stop: () => void;

  constructor() {
    this.stop = registerClientPlugin(({ middlewareStack }) => {
      middlewareStack.add(
        (next) => async (args) => {
          if (this.isDead) throw new SimulatedDeath();
          const answer = await next(args);
          this.calls += 1;
          if (this.isDead) throw new SimulatedDeath();
          return answer;
        },
        // Outside the retries, which die with their process.
        { step: 'initialize', priority: 'high', name: 'mortality', override: true },
      );
    });
  }

  get isDead(): boolean {
    return this.diesAfter !== undefined && this.calls >= this.diesAfter;
  }

  revive(): void {
    this.calls = 0;
    this.diesAfter = undefined;
  }

  dispose(): void {
    this.diesAfter = undefined;
    this.stop();
  }
}

class SimulatedDeath extends Error {
  override readonly name = 'SimulatedDeath';
}

/** A ledger and one function `orders-api` (1,024 MB, 30 s, alias `live` on version 1), behind the real clients. */
export class CrashWorld {
  readonly ledgers: LedgerWorld;
  readonly mortality: Mortality;
  readonly codeSha256: string;

  private constructor(ledgers: LedgerWorld, mortality: Mortality) {
    this.ledgers = ledgers;
    this.mortality = mortality;
    this.codeSha256 = this.live.configuration.CodeSha256 ?? '';
  }

  static async create(nowMs: number): Promise<CrashWorld> {
    const ledgers = await createLedgerWorld(nowMs);
    const { lambda } = ledgers.account;
    const record = lambda.createFunction({
      FunctionName: FUNCTION_NAME,
      Runtime: 'nodejs24.x',
      MemorySize: 1024,
      Timeout: 30,
    });
    const { Version } = lambda.publish(FUNCTION_NAME);
    record.aliases.set('live', { Name: 'live', FunctionVersion: Version, RevisionId: 'alias-1' });
    return new CrashWorld(ledgers, new Mortality());
  }

  get live() {
    return this.ledgers.account.lambda.functions.get(FUNCTION_NAME);
  }

  get alias() {
    const { FunctionVersion, RoutingConfig } = this.live.aliases.get('live')!;
    return { version: FunctionVersion, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
  }

  get ledger() {
    return this.ledgers.ledger;
  }

  get clients() {
    return {
      ledger: this.ledger,
      configurations: createFunctionConfigurations(),
      aliases: { ...createAliasReader(), ...createAliasRouter() },
      versions: createVersionPublisher(),
      clock: this.ledgers.account.clock,
      now: () => this.ledgers.account.clock.now(),
    };
  }

  run<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.ledgers.run(work);
  }

  /** Runs a task that dies after its n-th call, and again until it ends, as Step Functions would. */
  async surviving<Output>(diesAfter: number, task: () => Promise<Output>): Promise<{ output: Output; died: boolean }> {
    this.mortality.revive();
    this.mortality.diesAfter = diesAfter;
    let died = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const output = await this.run(task);
        this.mortality.revive();
        return { output, died };
      } catch (error) {
        if (attempt === MOST_TRIES) throw error;
        died ||= this.mortality.isDead;
        this.mortality.revive();
        const { clock } = this.ledgers.account;
        await clock.advanceTo(clock.now() + BETWEEN_TRIES_MS);
      }
    }
  }

  dispose(): void {
    this.mortality.dispose();
    this.ledgers.dispose();
  }
}
