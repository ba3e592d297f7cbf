import {
  EXPIRES_AT,
  fixtureProposals,
  fixtureRun,
  LINK_ID,
  MORNING_MS,
  RUN_ID,
} from '../../../../../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../../../../../support/page/memory-page-ledger.ts';
import { bodyOf, formEvent, nonceOf, pageEvent } from '../../../../../support/page/page-event.ts';
import { choice, PageSite } from '../../../../../support/page/page-site.ts';

const statuses = (site: PageSite) => site.names().map((each) => site.ledger.proposal(RUN_ID, each).status);
const follow = (site: PageSite, location: unknown) => site.open(String(location).split('?')[1] ?? '');

describe('deciding', () => {
  it('approves what is selected and leaves the rest', async () => {
    const site = new PageSite();
    const [first, second] = site.names();
    await site.decide([...choice('approved', [first!, second!]), ['note', ' after the sale ']]);
    expect(statuses(site).slice(0, 3)).toEqual(['approved', 'approved', 'pending']);
    expect(site.ledger.proposal(RUN_ID, first!).decision).toEqual({
      decision: 'approved',
      by: { kind: 'link-holder', name: 'Ana Souza' },
      at: new Date(MORNING_MS).toISOString(),
      note: 'after the sale',
    });
  });

  it('sends the browser back to the list it came from, which says once what was done', async () => {
    const site = new PageSite();
    const answer = await site.decide([...choice('rejected', site.names().slice(0, 3)), ['sort', 'risk'], ['q', 'o']]);
    expect(answer.statusCode).toBe(303);
    const location = String(answer.headers!['location']);
    expect(location).toMatch(new RegExp(`^/runs/${LINK_ID}\\?sort=risk&q=o&result=`));
    expect(bodyOf(await follow(site, location))).toContain('3 changes rejected.');
    site.nowMs += 11 * 60_000;
    expect(bodyOf(await follow(site, location))).not.toContain('3 changes rejected.');
  });

  it('approves everything that waits', async () => {
    const site = new PageSite();
    await site.decide(choice('rejected', [site.names()[0]!]));
    await site.decide([...choice('approved', []), ['all', 'true']]);
    expect(statuses(site)).toEqual(['rejected', ...Array.from({ length: 11 }, () => 'approved')]);
  });

  it('approves everything that matches the filter the form was sent with, and nothing else', async () => {
    const site = new PageSite();
    await site.decide([...choice('approved', []), ['all', 'true'], ['risk', 'High']]);
    const decided = [...site.ledger.proposals.values()].filter((each) => each.status === 'approved');
    expect(decided.length).toBeGreaterThan(0);
    expect(decided.map((each) => each.assessment.risk)).toEqual(decided.map(() => 'High'));
    expect(statuses(site)).toContain('pending');
  });

  it('records who signed in, whatever name the form gives, where the API verified it', async () => {
    const site = new PageSite();
    const [first] = site.names();
    const signedIn = (event: ReturnType<typeof pageEvent>) => ({
      ...event,
      requestContext: {
        ...event.requestContext,
        authorizer: { jwt: { claims: { sub: 'u-1', email: 'ana@example.com' }, scopes: [] } },
      },
    });
    const page = await site.send(signedIn(pageEvent({ path: `/runs/${LINK_ID}` })));
    expect(bodyOf(page)).toContain('Signed in as <b>ana@example.com</b>');
    expect(bodyOf(page)).not.toContain('name="name"');
    await site.send(
      signedIn(formEvent(LINK_ID, [['nonce', nonceOf(page)!], ...choice('approved', [first!], 'Somebody else')])),
    );
    expect(site.ledger.proposal(RUN_ID, first!).decision!.by).toEqual({ kind: 'oidc', name: 'ana@example.com' });
  });

  it('decides a thousand at once', async () => {
    const site = new PageSite(new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(1000)));
    expect((await site.decide([...choice('approved', []), ['all', 'true']])).statusCode).toBe(303);
    expect(new Set(statuses(site))).toEqual(new Set(['approved']));
  });

  it('lets the first of two approvers win and tells the second', async () => {
    const site = new PageSite();
    const [first, second] = site.names();
    const nonce = nonceOf(await site.open())!;
    await site.decide(choice('rejected', [first!], 'Ana'));
    const answer = await site.send(
      formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', [first!, second!], 'Ben')]),
    );
    expect(site.ledger.proposal(RUN_ID, first!)).toMatchObject({
      status: 'rejected',
      decision: { by: { name: 'Ana' } },
    });
    expect(site.ledger.proposal(RUN_ID, second!)).toMatchObject({
      status: 'approved',
      decision: { by: { name: 'Ben' } },
    });
    const text = bodyOf(await follow(site, answer.headers!['location']));
    expect(text).toContain('1 change approved. 1 other was decided by somebody before; the first decision counts.');
  });

  it('answers with a conflict where everything was decided before', async () => {
    const site = new PageSite();
    const nonce = nonceOf(await site.open())!;
    const form = formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', site.names())]);
    expect((await site.send(form)).statusCode).toBe(303);
    const again = await site.send(form);
    expect(again.statusCode).toBe(409);
    expect(bodyOf(again)).toContain('Nothing was left to decide');
  });

  it('approves nothing when the time runs out between page and form', async () => {
    const site = new PageSite();
    site.nowMs = Date.parse(EXPIRES_AT) - 1_000;
    const nonce = nonceOf(await site.open())!;
    site.nowMs = Date.parse(EXPIRES_AT);
    const answer = await site.send(formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', site.names())]));
    expect(answer.statusCode).toBe(409);
    expect(statuses(site)).not.toContain('approved');
  });

  it('reads a form that API Gateway handed on in base64', async () => {
    const site = new PageSite();
    const form = formEvent(LINK_ID, [
      ['nonce', nonceOf(await site.open())!],
      ...choice('approved', [site.names()[0]!]),
    ]);
    const encoded = { ...form, body: Buffer.from(form.body!).toString('base64'), isBase64Encoded: true };
    expect((await site.send(encoded)).statusCode).toBe(303);
  });

  it.each([
    [
      'no decision',
      [
        ['name', 'Ana'],
        ['functionName', 'orders-resize'],
      ],
    ],
    [
      'another decision',
      [
        ['decision', 'maybe'],
        ['name', 'Ana'],
        ['functionName', 'orders-resize'],
      ],
    ],
    [
      'no name',
      [
        ['decision', 'approved'],
        ['functionName', 'orders-resize'],
      ],
    ],
    [
      'a name of blanks and invisible marks',
      [
        ['decision', 'approved'],
        ['name', ' \u202e\u0000 '],
        ['functionName', 'orders-resize'],
      ],
    ],
    [
      'nothing selected',
      [
        ['decision', 'approved'],
        ['name', 'Ana'],
      ],
    ],
    [
      'a function name that cannot be one',
      [
        ['decision', 'approved'],
        ['name', 'Ana'],
        ['functionName', '../orders'],
      ],
    ],
  ] as const)('refuses a form with %s', async (_, fields) => {
    const site = new PageSite();
    const before = site.state();
    expect((await site.decide(fields)).statusCode).toBe(400);
    expect(site.state()).toBe(before);
  });
});
