import { parseNightReport } from '../../../shared/contracts/night-report.ts';
import { renderReportPage } from '../../../shared/domain/night/report-page/report-page.ts';
import type { NightWorld } from '../../support/night-world.ts';
import {
  arnOf,
  awayIn,
  HUB,
  memoryEverywhere,
  OTHER_REGION,
  organizationWorld,
  PAYMENTS_ID,
  SEARCH_ID,
  spokeAt,
  spokesOf,
} from '../../support/organization-world.ts';

/** Three accounts in two regions, one account refusing in both; everything proposed is decided one by one. */
describe('a night over three accounts', () => {
  let night: NightWorld;
  let before: ReturnType<typeof memoryEverywhere>;
  let report: Awaited<ReturnType<NightWorld['report']>>;
  let digest: string;
  let page: string;
  /** Proposed in the hub as in Payments, where a function of the same name runs as this one does. */
  let twins: string[];

  beforeAll(async () => {
    night = await organizationWorld(spokesOf());
    before = memoryEverywhere(night);
    const execution = await night.start();
    await night.untilMail();
    digest = night.account.sns.inbox.at(-1)!.message;
    page = await night.page();
    const proposed = (await night.records<{ functionName: string }>('PROPOSAL#')).map((each) => each.functionName);
    const payments = spokeAt(night, PAYMENTS_ID, HUB.region);
    twins = proposed.filter((name) => proposed.includes(`arn:aws:lambda:us-east-1:${PAYMENTS_ID}:function:${name}`));
    const rejected = twins.map((name) => arnOf(payments, name));
    await night.decide({ decision: 'rejected', functionNames: rejected });
    await night.decide({ decision: 'approved' });
    report = await night.report(execution);
  }, 120_000);

  afterAll(() => night.dispose());

  it('sends one digest for all of them', () => {
    expect(night.account.sns.inbox).toHaveLength(1);
    expect(digest).toMatch(/^Rightsizer proposes \d+ changes/);
  });

  it('groups the digest by account and region, and calls functions what their owners call them', () => {
    const [, sums = ''] = /By account and region\n\n([\s\S]+?)\n\n/.exec(digest) ?? [];
    expect(sums.split('\n').map((line) => line.replace(/ {2,}.*/, ''))).toEqual([
      `Platform (${HUB.accountId}) in ${HUB.region}`,
      `Payments (${PAYMENTS_ID}) in ${HUB.region}`,
      `Payments (${PAYMENTS_ID}) in ${OTHER_REGION}`,
      `Platform (${HUB.accountId}) in ${OTHER_REGION}`,
    ]);
    expect(digest).toMatch(/In Payments \(222222222222\) in us-(east-1|west-2):/);
    expect(digest).not.toContain('arn:');
    for (const line of digest.split('\n').filter((each) => !each.startsWith('https://')))
      expect(line.length).toBeLessThan(73);
  });

  it('shows one page, by account and region, that can be narrowed to one of them', async () => {
    const headings = [...page.matchAll(/class="place"><tr role="row"><th[^>]*>([^<]+?) <small>/g)].map(
      ([, label]) => label,
    );
    expect(headings).toHaveLength(4);
    expect(headings[0]).toBe(`Platform (${HUB.accountId}) in ${HUB.region}`);
    expect(page).toContain('<select name="place">');
    const narrowed = await night.page(`?place=${encodeURIComponent(headings[1]!)}`);
    const values = [...narrowed.matchAll(/for="pick-([^"]+)"/g)].map(([, value]) => value);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toMatch(`arn:aws:lambda:${HUB.region}:${PAYMENTS_ID}:`);
  });

  it('sums the report up by account and region, and names there who did not let it in', () => {
    const html = renderReportPage({ report: parseNightReport(report), otherNights: [] });
    const [, section = ''] = /id="places">([\s\S]+?)<\/section>/.exec(html) ?? [];
    const rows = [...section.matchAll(/<tr><th scope="row">([^<]+)/g)].map(([, label]) => label);
    expect(rows).toHaveLength(6);
    expect(rows.slice(4)).toEqual([`account ${SEARCH_ID} in ${HUB.region}`, `account ${SEARCH_ID} in ${OTHER_REGION}`]);
    expect(section.match(/did not let us in/g)).toHaveLength(2);
    expect(html).not.toContain('arn:aws:lambda');
  });

  it('accounts once for every function of the accounts that answered', () => {
    const answering = night.world.spokes.filter(({ refuses }) => !refuses);
    const expected = [
      ...night.account.lambda.functions.all().map(({ name }) => name),
      ...answering.flatMap(({ account }) => account.lambda.functions.all().map(({ arn }) => arn)),
    ];
    const found = [...report.excluded, ...report.assessed].map(({ functionName }) => functionName);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(report.counts).toMatchObject({ discovered: expected.length, failed: 0 });
  });

  it('names the account that refuses, in each region, and why', () => {
    expect(awayIn(report).map(({ source, nightsAway }) => [source, nightsAway])).toEqual([
      [`Functions of account ${SEARCH_ID} in ${HUB.region}`, 1],
      [`Functions of account ${SEARCH_ID} in ${OTHER_REGION}`, 1],
    ]);
    expect(awayIn(report)[0]!.reason).toContain(
      `arn:aws:iam::${SEARCH_ID}:role/Rightsizer-us-east-1-spoke-read lets nobody in; deploy the spoke stack there`,
    );
    expect([...night.account.organization.refusals]).toHaveLength(2);
  });

  it('touches nothing of the account that refuses', () => {
    for (const region of [HUB.region, OTHER_REGION])
      expect(spokeAt(night, SEARCH_ID, region).account.calls.size).toBe(0);
  });

  it('proposes in every account and region that lets it, and changes what was approved there', () => {
    const places = report.changed.map(({ functionName }) => functionName.split(':').slice(3, 5).join(' '));
    expect([...new Set(places)].toSorted()).toEqual([
      '',
      `${HUB.region} ${PAYMENTS_ID}`,
      `${OTHER_REGION} ${HUB.accountId}`,
      `${OTHER_REGION} ${PAYMENTS_ID}`,
    ]);
    expect(new Set(report.changed.map(({ kind }) => kind))).toEqual(new Set(['Verified', 'Watching', 'Rejected']));
  });

  it('tells functions of one name apart: what was rejected in one account is changed in the other only', () => {
    expect(twins.length).toBeGreaterThan(0);
    const after = memoryEverywhere(night);
    const payments = spokeAt(night, PAYMENTS_ID, HUB.region);
    for (const name of twins) {
      expect(night.outcome(report, name)?.kind).toMatch(/Verified|Watching/);
      expect(night.outcome(report, arnOf(payments, name))?.kind).toBe('Rejected');
      expect(before.get(arnOf(payments, name))).toBe(before.get(name));
      expect(after.get(arnOf(payments, name))).toBe(before.get(name));
    }
  });

  it('leaves every size as it was, but for what was approved', () => {
    const changes = new Map(report.changed.map((each) => [each.functionName, each]));
    for (const [name, memorySizeMb] of memoryEverywhere(night)) {
      const change = changes.get(name);
      const isKept = change !== undefined && /Verified|Watching/.test(change.kind);
      expect([name, memorySizeMb]).toEqual([name, isKept ? change.after?.memorySizeMb : before.get(name)]);
    }
  });

  it('assumes each role a few times a night, and again when a session is about to end', () => {
    const assumed = night.account.calls.get('STS.AssumeRole') ?? 0;
    const answering = 3;
    const roles = 4;
    // Two refusals; then every task of a role has sessions of its own, and verification comes hours after discovery.
    expect(assumed).toBeGreaterThan(answering * roles);
    expect(assumed).toBeLessThan(2 + answering * 12);
  });
});
