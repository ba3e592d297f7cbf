import { ROWS_PER_PAGE } from '../../../../../../tasks/approval/serve-page/request/list-query.ts';
import {
  EXPIRES_AT,
  fixtureProposals,
  fixtureRun,
  LINK_ID,
  MORNING_MS,
} from '../../../../../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../../../../../support/page/memory-page-ledger.ts';
import { bodyOf, nonceOf, pageEvent } from '../../../../../support/page/page-event.ts';
import { choice, PageSite } from '../../../../../support/page/page-site.ts';

const siteOf = (count: number) => new PageSite(new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(count)));
const rowsOf = (text: string) => [...text.matchAll(/id="pick-([\w-]+)"/g)].map((each) => each[1]);
const DAY_MS = 86_400_000;

describe('the page of a run', () => {
  it('lists every proposal with what changes, the saving, the risk and the reason', async () => {
    const site = siteOf(3);
    const text = bodyOf(await site.open());
    for (const { functionName, assessment } of site.ledger.proposals.values()) {
      expect(text).toContain(`value="${functionName}"`);
      expect(text).toContain(`<strong>${assessment.recommended.memorySizeMb.toLocaleString('en-US')} MB</strong>`);
      expect(text).toContain(`class="risk risk-${assessment.risk}"`);
      expect(text).toContain(assessment.reason);
    }
  });

  it('draws both curves and offers the patch of the owner’s tool', async () => {
    const text = bodyOf(await siteOf(5).open());
    expect(text.match(/<svg /g)).toHaveLength(10);
    for (const tool of ['CDK', 'SAM', 'CloudFormation', 'Terraform']) expect(text).toContain(`Patch for ${tool}`);
    expect(text).toContain('name no tool that deploys it');
  });

  it.each([
    [undefined, 'an approval changes the function at once'],
    ['patch' as const, 'an approval writes nothing to the function'],
  ])('says which way a function that is kept as code is changed: %s', async (delivery, words) => {
    const [owned] = fixtureProposals(1);
    const assessment = { ...owned!.assessment, owner: { tool: 'cdk', stackName: 'orders' } };
    const proposals = [{ ...owned!, assessment, ...(delivery && { delivery }) }];
    const text = bodyOf(await new PageSite(new MemoryPageLedger().addRun(fixtureRun(), proposals)).open());
    expect(text).toContain(words);
    expect(text.includes('by patch only')).toBe(delivery === 'patch');
  });

  it('says so where the model and CloudWatch had nothing to say', async () => {
    const [bare] = fixtureProposals(1);
    const { metrics: _, ...assessment } = bare!.assessment;
    const memory = { source: 'none', reason: 'InsufficientData' };
    const ledger = new MemoryPageLedger().addRun(fixtureRun(), [
      { ...bare!, assessment: { ...assessment, candidates: [], memory } },
    ]);
    const text = bodyOf(await new PageSite(ledger).open());
    expect(text).not.toContain('<svg ');
    expect(text).toContain('not predicted');
    expect(text).toContain('CloudWatch had no metrics');
    expect(text).toContain('not known: InsufficientData');
  });

  it('sorts by the address, without any script', async () => {
    const text = bodyOf(await siteOf(30).open('sort=function&order=desc'));
    expect(rowsOf(text)).toEqual(rowsOf(text).toSorted().toReversed());
    expect(text).toMatch(/aria-sort="descending"><a\s+href="\/runs\/[\w-]+\?sort=function"/);
  });

  it('pages a thousand proposals and stays below 300 KiB', async () => {
    const site = siteOf(1000);
    const questions = (text: string) => text.match(/<tbody role="rowgroup" class="proposal/g);
    const first = await site.open('sort=function');
    const last = await site.open('sort=function&page=19');
    expect(questions(bodyOf(first))).toHaveLength(ROWS_PER_PAGE);
    expect(questions(bodyOf(last))).toHaveLength(ROWS_PER_PAGE);
    expect(rowsOf(bodyOf(first)).filter((each) => rowsOf(bodyOf(last)).includes(each))).toEqual([]);
    const packed = await site.send(pageEvent({ path: `/runs/${LINK_ID}`, headers: { 'accept-encoding': 'gzip' } }));
    expect(Buffer.from(packed.body!, 'base64').length).toBeLessThan(300 * 1024);
  });

  it('shows the last page to whoever asks for a later one', async () => {
    expect(bodyOf(await siteOf(60).open('page=99'))).toContain('Page 2 of 2');
  });

  it('writes times in the configured zone, for the script to rewrite', async () => {
    expect(bodyOf(await siteOf(1).open())).toContain(
      `<time datetime="${EXPIRES_AT}">Mon, 23 Nov 2026, 21:00 CET</time>`,
    );
  });

  it('shows who decided, when and why, and takes the choice away', async () => {
    const site = siteOf(2);
    const [functionName] = site.names();
    await site.decide([...choice('rejected', [functionName!]), ['note', 'not this week']]);
    const text = bodyOf(await site.open());
    expect(text).toContain('rejected by <b>Ana Souza</b>');
    expect(text).toContain('datetime="2026-11-23T07:30:00.000Z"');
    expect(text).toContain('“not this week”');
    expect(rowsOf(text)).toEqual([site.names()[1]]);
  });

  it('follows approved changes through the ledger', async () => {
    const site = siteOf(1);
    const [functionName] = site.names();
    await site.decide(choice('approved', [functionName!]));
    const record = site.ledger.proposal('scheduled-2026-11-23', functionName!);
    site.ledger.openChanges = [
      {
        ...record,
        status: 'applied',
        decision: record.decision!,
        before: { ...record.assessment.current, codeSha256: 'sha' },
        after: record.assessment.recommended,
        startedAt: record.createdAt,
        verifications: [],
      },
    ];
    expect(bodyOf(await site.open())).toContain('Applied, being verified');
  });

  it('says why an approved change was refused', async () => {
    const ledger = new MemoryPageLedger().addRun(
      fixtureRun(),
      fixtureProposals(1).map((each) => ({
        ...each,
        status: 'approved' as const,
        decision: {
          decision: 'approved' as const,
          by: { kind: 'link-holder' as const, name: 'Ana' },
          at: each.createdAt,
        },
        outcome: {
          kind: 'Refused' as const,
          reason: 'the function was deployed since it was measured',
          at: each.createdAt,
        },
      })),
    );
    const text = bodyOf(await new PageSite(ledger).open());
    expect(text).toContain('Not applied');
    expect(text).toContain('the function was deployed since it was measured');
  });

  it('tells apart a name that somebody gave and an identity that was proven', async () => {
    const decided = (kind: 'link-holder' | 'oidc' | 'policy') =>
      new PageSite(
        new MemoryPageLedger().addRun(
          fixtureRun(),
          fixtureProposals(1).map((each) => ({
            ...each,
            status: 'approved' as const,
            decision: { decision: 'approved' as const, by: { kind, name: 'Ana' }, at: each.createdAt },
          })),
        ),
      );
    expect(bodyOf(await decided('oidc').open())).toContain('<b>Ana</b> (signed in)');
    expect(bodyOf(await decided('policy').open())).toContain('<b>Ana</b> (automatic)');
    expect(bodyOf(await decided('link-holder').open())).toContain('<b>Ana</b>, <time');
  });

  it('decides nothing any more once the approval time is over', async () => {
    const site = siteOf(2);
    site.nowMs = Date.parse(EXPIRES_AT);
    const page = await site.open();
    expect(nonceOf(page)).toBeUndefined();
    expect(bodyOf(page)).not.toContain('<form id="decide"');
    expect(bodyOf(page)).toContain('Expired, nothing changed');
  });

  it('decides nothing any more once everything is decided', async () => {
    const site = siteOf(2);
    await site.decide(choice('approved', site.names()));
    expect(nonceOf(await site.open())).toBeUndefined();
  });

  it('stays readable for seven days after the last decision, then is gone', async () => {
    const site = siteOf(2);
    await site.decide(choice('approved', site.names()));
    site.nowMs = MORNING_MS + 7 * DAY_MS;
    expect((await site.open()).statusCode).toBe(200);
    site.nowMs += 1;
    expect((await site.open()).statusCode).toBe(410);
  });

  it('stays readable for seven days after it expired, then is gone', async () => {
    const site = siteOf(2);
    site.nowMs = Date.parse(EXPIRES_AT) + 7 * DAY_MS;
    expect((await site.open()).statusCode).toBe(200);
    site.nowMs += 1;
    expect((await site.open()).statusCode).toBe(410);
  });

  it('has a page for a run that proposed nothing', async () => {
    const text = bodyOf(await siteOf(0).open());
    expect(text).toContain('0 changes proposed');
    expect(text).toContain('This run proposed nothing.');
  });

  it('works below a stage prefix', async () => {
    const site = siteOf(1);
    const text = bodyOf(await site.send(pageEvent({ path: `/prod/runs/${LINK_ID}` })));
    expect(text).toContain(`action="/prod/runs/${LINK_ID}/decisions"`);
  });
});
