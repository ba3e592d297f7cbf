import type { ProposalRecord } from '../../../../../../shared/contracts/ledger.ts';
import { ROWS_PER_PAGE } from '../../../../../../tasks/approval/serve-page/request/list-query.ts';
import { assessment, proposal, savings } from '../../../../../support/builders.ts';
import { EXPIRES_AT, fixtureRun, LINK_ID, RUN_ID } from '../../../../../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../../../../../support/page/memory-page-ledger.ts';
import { bodyOf, nonceOf, pageEvent } from '../../../../../support/page/page-event.ts';
import { choice, PageSite } from '../../../../../support/page/page-site.ts';

const HANDLERS = ['q-a', 'q-b', 'q-c', 'q-d', 'q-e'];

/** A handler for each queue, all of one bundle. */
const handler = (functionName: string, savesUsd: number, record: Partial<ProposalRecord> = {}): ProposalRecord =>
  proposal({
    functionName,
    expiresAt: EXPIRES_AT,
    assessment: assessment({
      functionName,
      codeSha256: 'bundle',
      owner: { tool: 'cdk', stackName: 'queues' },
      reason: 'waits for its queue',
    }),
    savings: savings({ savingsUsdPerMonth: savesUsd }),
    ...record,
  });
const single = (functionName: string, savesUsd: number) =>
  proposal({ functionName, expiresAt: EXPIRES_AT, savings: savings({ savingsUsdPerMonth: savesUsd }) });

const siteOf = (...proposals: ProposalRecord[]) => new PageSite(new MemoryPageLedger().addRun(fixtureRun(), proposals));
const mixed = () =>
  siteOf(single('small', 1), ...HANDLERS.map((name, at) => handler(name, 5 - at)), single('large', 14));
const titles = (text: string) => [...text.matchAll(/class="function"><label[^>]*>([^<]+)</g)].map((each) => each[1]);
const statuses = (site: PageSite) => HANDLERS.map((each) => site.ledger.proposal(RUN_ID, each).status);

describe('functions that share their code', () => {
  it('are one row, with what they save together, the reason they share, and each behind it to select', async () => {
    const text = bodyOf(await mixed().open());
    expect(titles(text)).toEqual(['5 functions of stack queues', 'large', 'small']);
    expect(text).toContain('7 proposals in 3 rows');
    expect(text).toContain('>$15.00</td>');
    expect(text).toContain('<summary>The 5 functions<');
    for (const name of HANDLERS) expect(text).toContain(`name="functionName" value="${name}"`);
    expect(text.match(/waits for its queue/g)).toHaveLength(1);
  });

  it('are sorted by what they are together', async () => {
    const order = async (query: string) => titles(bodyOf(await mixed().open(query)));
    expect(await order('sort=saving&order=asc')).toEqual(['small', 'large', '5 functions of stack queues']);
    expect(await order('sort=function')).toEqual(['large', '5 functions of stack queues', 'small']);
  });

  it('are decided one by one: what is not selected stays open', async () => {
    const site = mixed();
    await site.decide(choice('approved', ['q-a', 'q-b', 'q-d', 'q-e']));
    expect(statuses(site)).toEqual(['approved', 'approved', 'pending', 'approved', 'approved']);
    const text = bodyOf(await site.open());
    expect(text).toMatch(/data-live="states q-a">.*To be applied \(4\)<.*Waiting \(1\)</s);
    expect(text).toContain('name="functionName" value="q-c"');
    expect(text).not.toContain('name="functionName" value="q-a"');
  });

  it('stay one row with one name when the function that names them is decided', async () => {
    const site = mixed();
    await site.decide(choice('rejected', ['q-a']));
    expect(titles(bodyOf(await site.open()))).toContain('5 functions of stack queues');
    expect(titles(bodyOf(await site.open('state=open')))).toContain('4 functions of stack queues');
  });

  it('have a list of their own with everything behind each, and can be decided from there without scripts', async () => {
    const site = mixed();
    const overview = bodyOf(await site.open());
    expect(overview).toContain(`href="/runs/${LINK_ID}?group=q-a"`);
    const page = await site.open('group=q-a');
    expect(titles(bodyOf(page))).toEqual(HANDLERS);
    expect(bodyOf(page)).toContain('<h3>Evidence</h3>');
    expect(bodyOf(page)).toContain('Decide all 5 that wait');
    await site.decide(choice('rejected', ['q-a']));
    await site.decide([...choice('approved', []), ['all', 'true'], ['group', 'q-a']]);
    expect(statuses(site)).toEqual(['rejected', 'approved', 'approved', 'approved', 'approved']);
    expect(site.ledger.proposal(RUN_ID, 'large').status).toBe('pending');
  });

  it('offer nothing to select once nothing of them waits', async () => {
    const site = mixed();
    expect(bodyOf(await site.open())).toContain('id="group-q-a"');
    await site.decide(choice('approved', HANDLERS));
    expect(bodyOf(await site.open())).not.toContain('id="group-q-a"');
  });

  it('name the widest way that an approval covers, once, and only while somebody has to decide', async () => {
    const covers = (leastMemorySizeMb: number) => ({ leastMemorySizeMb, mostMemorySizeMb: 1024, until: EXPIRES_AT });
    const site = siteOf(handler('q-a', 2, { covers: covers(320) }), handler('q-b', 1, { covers: covers(256) }));
    expect(bodyOf(await site.open()).match(/approving covers further steps between 256 and/g)).toHaveLength(1);
    await site.decide(choice('approved', ['q-a', 'q-b']));
    expect(bodyOf(await site.open())).not.toContain('approving covers');
  });

  it('escape what comes from outside', async () => {
    const owner = { tool: 'cdk', stackName: '<img src=x>' };
    const hostile = ['q-a', 'q-b'].map((name) => {
      const own = handler(name, 1);
      return { ...own, assessment: { ...own.assessment, owner, reason: '<i>no</i>' } };
    });
    const text = bodyOf(await siteOf(...hostile).open());
    expect(text).toContain('2 functions of stack &lt;img src=x&gt;');
    expect(text).not.toMatch(/<img|<i>/);
  });

  it('fit one page though they are a thousand', async () => {
    const site = siteOf(...Array.from({ length: 1_000 }, (_, at) => handler(`q-${at}`, 1)));
    const packed = await site.send(pageEvent({ path: `/runs/${LINK_ID}`, headers: { 'accept-encoding': 'gzip' } }));
    expect(Buffer.from(packed.body!, 'base64').length).toBeLessThan(300 * 1024);
    expect(bodyOf(await site.open('group=q-0')).match(/id="pick-/g)).toHaveLength(ROWS_PER_PAGE);
    expect(nonceOf(packed)).toBeDefined();
  });
});
