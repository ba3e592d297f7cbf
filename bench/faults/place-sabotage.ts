import { sessionToken } from '../../sandbox/account/organization/session-token.ts';
import type { World } from '../../sandbox/demos/night/world.ts';
import { type AnyReport, after, editReport } from './sabotage.ts';
import { placeOfFunction } from './seam/visit.ts';

const SESSION_MS = 900_000;
const isAbroad = ({ functionName }: { functionName: string }): boolean => placeOfFunction(functionName) !== undefined;

/** Ways to break what is promised to several accounts, over a night in which one of them does not let the hub in. */
export const PLACE_SABOTAGES = {
  /** A task is somebody in another account that it must not be. */
  'writes as another role': (world) => {
    const { account, clock, spokes } = world;
    after(world, 'apply-change', async (event) => {
      const there = spokes.find((each) => isIn(event.functionName, each.account));
      if (there === undefined) return undefined;
      const roleArn = [...there.roles.keys()].find((each) => each.endsWith('-roll-back-change'))!;
      const token = sessionToken({ roleArn, roleId: 'stolen', expiresMs: clock.now() + SESSION_MS });
      const session = { region: there.account.region, sessionToken: token };
      await account.around?.(
        'Lambda.UpdateFunctionConfiguration',
        { FunctionName: event.functionName },
        async () => ({}),
        session,
      );
      return undefined;
    });
  },
  /** One account does not let it in, and it leaves all the others alone as well. */
  'gives up all places for one': (world) => {
    editReport(world, (report) => {
      if (!namesPlace(report)) return;
      for (const list of ['assessed', 'excluded']) report[list] = report[list].filter((each: Line) => !isAbroad(each));
    });
  },
  /** An account is away, and nobody is told. */
  'keeps a place away to itself': (world) => {
    editReport(world, (report) => {
      report['unavailableSources'] = [];
    });
  },
  /** One account is away, and a function of another pays for it. */
  'makes a neighbour pay': (world) => {
    editReport(world, (report) => {
      if (!namesPlace(report)) return;
      const neighbour = report['assessed'].find((each: Line) => !isAbroad(each));
      Object.assign(neighbour, { exclusionReason: 'SourceUnavailable' });
    });
  },
  /** What was changed in other accounts is never judged. */
  'never looks back abroad': (world) => {
    after(world, 'verify-change', (event) =>
      isAbroad(event)
        ? { schemaVersion: 1, verdict: 'inconclusive', reason: 'nobody looked', final: false, action: 'record' }
        : undefined,
    );
  },
  /** The token of a session stands in the log. */
  'logs a session': ({ account }) => {
    const { around } = account;
    account.around = async (call, ...rest) => {
      const answer = await around!(call, ...rest);
      if (call === 'STS.AssumeRole') process.stdout.write(`session ${JSON.stringify(answer)}\n`);
      return answer;
    };
  },
} satisfies Record<string, (world: World) => void>;

interface Line {
  functionName: string;
}

const isIn = (functionName: string, { accountId, region }: { accountId: string; region: string }): boolean =>
  placeOfFunction(functionName) === `${accountId}/${region}`;

const namesPlace = ({ unavailableSources = [] }: AnyReport): boolean =>
  unavailableSources.some(({ source }: { source: string }) => source.startsWith('Functions of'));
