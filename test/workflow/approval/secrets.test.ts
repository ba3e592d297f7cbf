import { logger } from '../../../shared/observability/logger.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** What opens something, and where it must never be read: log lines are kept for years and read by many. */
let night: NightWorld;
let written: string[];

beforeEach(async () => {
  written = [];
  logger.setLogLevel('DEBUG');
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
});

afterEach(() => {
  jest.restoreAllMocks();
  logger.setLogLevel('SILENT');
  night.dispose();
});

/** Answers what a whole night used to open things: task tokens, the link's id, the key that seals nonces, a nonce. */
async function decideANight() {
  const execution = await night.start();
  await night.untilMail();
  const nonce = /name="nonce" value="([^"]+)"/.exec(await night.page())![1]!;
  await night.decide({ decision: 'approved' });
  await night.report(execution);
  const tokens = (await night.records<{ taskToken: string }>('TOKEN#')).map(({ taskToken }) => taskToken);
  const linkId = /\/runs\/([\w-]{43})/.exec(JSON.stringify(night.account.sns.inbox))![1]!;
  const nonceKeys = (await night.ledger()).flatMap(({ nonceKey }) => (nonceKey === undefined ? [] : String(nonceKey)));
  return { tokens, linkId, nonceKeys, nonce };
}

it('writes no task token, link id, nonce or key of nonces to any log line of a night', async () => {
  const { tokens, linkId, nonceKeys, nonce } = await decideANight();
  expect(tokens.length).toBeGreaterThan(0);
  expect(nonceKeys).toHaveLength(1);
  const log = written.join('');
  // The night did write to this log, at its chattiest.
  expect(log).toContain('decision delivered');
  for (const secret of [...tokens, linkId, ...nonceKeys, nonce]) expect(log).not.toContain(secret);
});

it('sends no task token and no key of nonces out of the account', async () => {
  const { tokens, nonceKeys } = await decideANight();
  const sent = JSON.stringify([night.account.sns.inbox, night.account.ses.sent, night.account.eventBridge.events]);
  for (const secret of [...tokens, ...nonceKeys]) expect(sent).not.toContain(secret);
});
