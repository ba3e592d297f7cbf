import { randomBytes } from 'node:crypto';
import { hashLinkId, newLinkId } from '../../shared/domain/approval/page-access/link-id.ts';
import { PAGE_NONCE_LIFETIME_MS } from '../../shared/domain/approval/page-access/page-nonce.ts';
import { NAME_MAX_CHARS, NOTE_MAX_CHARS } from '../../tasks/approval/serve-page/decisions/decision-form.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS, RUN_ID } from '../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../support/page/memory-page-ledger.ts';
import { bodyOf, formEvent, HOST, nonceOf, pageEvent } from '../support/page/page-event.ts';
import { choice, PageSite } from '../support/page/page-site.ts';

/** Everything somebody may try on the page, with the status it gets. None of it may change what the ledger holds. */
const OTHER_RUN_ID = 'scheduled-2026-11-22';
const OTHER_LINK_ID = Buffer.alloc(32, 9).toString('base64url');

function hostileSite(): PageSite {
  const other = fixtureRun({ runId: OTHER_RUN_ID, linkHash: hashLinkId(OTHER_LINK_ID), nonceKey: '3c'.repeat(32) });
  const otherProposals = fixtureProposals(12, 2).map((each) => ({
    ...each,
    functionName: `other-${each.functionName}`,
  }));
  const ledger = new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(12)).addRun(other, otherProposals);
  return new PageSite(ledger);
}

async function formOf(site: PageSite, headers: Record<string, string | undefined> = {}) {
  const nonce = nonceOf(await site.open())!;
  return formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', [site.names()[0]!])], headers);
}

/** The attack fails with the status, on one clear page, with one log line that gives nothing away. */
async function expectRefusal(site: PageSite, event: Parameters<PageSite['send']>[0], statusCode: number, why: string) {
  const before = site.state();
  site.lines.length = 0;
  const answer = await site.send(event);
  expect(answer.statusCode).toBe(statusCode);
  expect(site.state()).toBe(before);
  expect(bodyOf(answer).match(/<h1>/g)).toHaveLength(1);
  expect(bodyOf(answer)).not.toMatch(/\bat .+:\d+:\d+|Error:/);
  expect(site.lines).toEqual([{ level: 'warn', message: 'page request refused', facts: { why, status: statusCode } }]);
}

describe('prefetching', () => {
  it('changes nothing, however often scanners fetch the page and everything it links to', async () => {
    const site = hostileSite();
    const before = site.state();
    for (let fetched = 0; fetched < 20; fetched += 1) expect((await site.open()).statusCode).toBe(200);
    const links = [...bodyOf(await site.open()).matchAll(/(?:href|action)="(\/[^"#]*)"/g)].map((each) => each[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const [path, query] = link.replaceAll('&amp;', '&').split('?') as [string, string?];
      await site.send(pageEvent({ path, query: query ?? '' }));
    }
    expect(site.state()).toBe(before);
    expect(site.ledger.writes).toBe(0);
  });

  it.each(['decision=approved&all=true&name=Scanner', 'result=x.y.z', '_method=POST&decision=approved'])(
    'changes nothing with %s in the address',
    async (query) => {
      const site = hostileSite();
      const before = site.state();
      expect((await site.open(query)).statusCode).toBe(200);
      expect(site.state()).toBe(before);
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s where the form goes', async (method) => {
    const site = hostileSite();
    await expectRefusal(
      site,
      { ...pageEvent({ ...(await formOf(site)), method, path: `/runs/${LINK_ID}/decisions` }) },
      405,
      'method-not-allowed',
    );
  });

  it.each(['POST', 'PUT', 'DELETE'])('refuses %s on the page itself', async (method) => {
    await expectRefusal(hostileSite(), pageEvent({ method, path: `/runs/${LINK_ID}` }), 405, 'method-not-allowed');
  });
});

describe('forged forms', () => {
  it.each([
    ['no nonce', ''],
    ['an invented nonce', `${MORNING_MS.toString(36)}..${'A'.repeat(43)}`],
    ['a nonce of unreasonable parts', '.'.repeat(1000)],
  ])('are refused with %s', async (_, nonce) => {
    const site = hostileSite();
    await expectRefusal(
      site,
      formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', site.names())]),
      403,
      'forged-nonce',
    );
  });

  it('are refused with the nonce of another run', async () => {
    const site = hostileSite();
    const nonce = nonceOf(await site.open('', OTHER_LINK_ID))!;
    await expectRefusal(
      site,
      formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', site.names())]),
      403,
      'forged-nonce',
    );
  });

  it('are refused with a nonce that has been tampered with', async () => {
    const site = hostileSite();
    const nonce = nonceOf(await site.open())!;
    const tampered = `${(MORNING_MS + 1).toString(36)}${nonce.slice(nonce.indexOf('.'))}`;
    await expectRefusal(
      site,
      formEvent(LINK_ID, [['nonce', tampered], ...choice('approved', site.names())]),
      403,
      'forged-nonce',
    );
  });

  it('are refused with a nonce that is too old', async () => {
    const site = hostileSite();
    const form = await formOf(site);
    site.nowMs += PAGE_NONCE_LIFETIME_MS + 1;
    await expectRefusal(site, form, 403, 'expired-nonce');
  });

  it('are refused with the sealed result of a former form as their nonce', async () => {
    const site = hostileSite();
    const answer = await site.decide(choice('approved', [site.names()[0]!]));
    const result = new URL(String(answer.headers!['location']), 'https://x').searchParams.get('result')!;
    await expectRefusal(
      site,
      formEvent(LINK_ID, [['nonce', result], ...choice('approved', site.names())]),
      403,
      'forged-nonce',
    );
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site, whatever the browser says', { origin: 'https://evil.example' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['an address bar or a mail', { 'sec-fetch-site': 'none' }],
    ['a host that only begins like ours', { origin: `https://${HOST}.evil.example` }],
    ['a hidden origin', { origin: 'null' }],
    ['a broken origin', { origin: 'https://' }],
    ['no origin at all', { origin: undefined }],
    ['a forged Host header', { origin: 'https://evil.example', host: 'evil.example' }],
  ])('are refused from %s', async (_, headers) => {
    const site = hostileSite();
    await expectRefusal(site, await formOf(site, headers), 403, 'foreign-origin');
  });

  it.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x', '', undefined])(
    'are refused as %j',
    async (type) => {
      const site = hostileSite();
      await expectRefusal(site, await formOf(site, { 'content-type': type }), 415, 'wrong-content-type');
    },
  );

  it.each([false, true])('of 10 MB are refused before they are read (in base64: %s)', async (isBase64Encoded) => {
    const site = hostileSite();
    const body = isBase64Encoded ? Buffer.alloc(10_000_000, 'a').toString('base64') : 'a'.repeat(10_000_000);
    await expectRefusal(site, { ...(await formOf(site)), body, isBase64Encoded }, 413, 'too-large');
  });
});

describe('replays', () => {
  it('of a form decide nothing a second time', async () => {
    const site = hostileSite();
    const form = await formOf(site);
    expect((await site.send(form)).statusCode).toBe(303);
    const before = site.state();
    for (let sent = 0; sent < 5; sent += 1) expect((await site.send(form)).statusCode).toBe(409);
    expect(site.state()).toBe(before);
  });

  it('with the decision turned around decide nothing', async () => {
    const site = hostileSite();
    const form = await formOf(site);
    await site.send(form);
    const before = site.state();
    expect((await site.send({ ...form, body: form.body!.replace('approved', 'rejected') })).statusCode).toBe(409);
    expect(site.state()).toBe(before);
  });
});

describe('links', () => {
  it('that are guessed a thousand times lead nowhere', async () => {
    const site = hostileSite();
    const before = site.state();
    for (let guess = 0; guess < 1000; guess += 1) {
      const answer = await site.open('', newLinkId(randomBytes));
      expect(answer.statusCode).toBe(404);
    }
    expect(site.state()).toBe(before);
    expect(site.ledger.reads).toBe(1000);
    expect(site.lines).toHaveLength(1000);
  });

  it.each([
    RUN_ID,
    hashLinkId(LINK_ID),
    LINK_ID.slice(0, -1),
    `${LINK_ID}x`,
    `${LINK_ID}%00`,
    '%2e%2e%2f',
    "'%20OR%20'1'='1",
    '<script>alert(1)</script>'.replaceAll('/', ''),
    '{"$ne":null}',
  ])('that are no ids (%s) are not even looked up', async (linkId) => {
    const site = hostileSite();
    await expectRefusal(site, pageEvent({ path: `/runs/${linkId}` }), 404, 'unknown-link');
    await expectRefusal(site, { ...(await formOf(site)), rawPath: `/runs/${linkId}/decisions` }, 404, 'unknown-link');
    expect(bodyOf(await site.send(pageEvent({ path: `/runs/${linkId}` })))).not.toContain('alert(1)');
  });

  it('that are over answer so, to readers and to forms', async () => {
    const site = hostileSite();
    const form = await formOf(site);
    site.nowMs += 9 * 86_400_000;
    await expectRefusal(site, pageEvent({ path: `/runs/${LINK_ID}` }), 410, 'link-over');
    await expectRefusal(site, form, 410, 'link-over');
  });

  it.each([
    '/',
    '/runs',
    '/runs/',
    '//evil.example/runs/x/decisions/y',
    '/health',
    `/runs/${LINK_ID}/decisions/more`,
    `/admin/runs/../${LINK_ID}`,
  ])('to %s lead nowhere', async (path) => {
    await expectRefusal(hostileSite(), pageEvent({ path }), 404, 'unknown-route');
  });

  it('show and decide nothing of other runs', async () => {
    const site = hostileSite();
    const text = bodyOf(await site.open());
    expect(text).not.toContain('other-');
    expect(text).not.toContain(OTHER_RUN_ID);
    const before = site.state();
    const others = site.names().filter((each) => each.startsWith('other-'));
    expect((await site.decide(choice('approved', others))).statusCode).toBe(409);
    expect(site.state()).toBe(before);
  });

  it('decide everything of their own run only', async () => {
    const site = hostileSite();
    await site.decide([...choice('approved', []), ['all', 'true']]);
    for (const each of site.ledger.proposals.values()) {
      expect(each.status).toBe(each.runId === RUN_ID ? 'approved' : 'pending');
    }
  });
});

describe('what people write', () => {
  const POISON = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1; DROP TABLE ledger; --",
    '</textarea></p><b>bold',
    '{{7*7}} ${7*7} #{7*7}',
    'javascript:alert(1)',
    '&lt;script&gt;',
  ];

  it.each(POISON)('is shown as text: %s', async (poison) => {
    const site = hostileSite();
    await site.decide([...choice('approved', [site.names()[0]!], poison), ['note', poison]]);
    const text = bodyOf(await site.open());
    const inert = poison
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    expect(text).toContain(`by <b>${inert}</b>`);
    expect(text).toContain(`“${inert}”`);
    expect(text.match(/<script>/g)).toHaveLength(1);
    expect(text).not.toContain('<img');
  });

  it('is cut to its length and cannot turn text around or hide in it', async () => {
    const site = hostileSite();
    const [functionName] = site.names();
    await site.decide([
      ...choice('approved', [functionName!], `\u202eevil\u0007\u2066${'x'.repeat(5000)}`),
      ['note', '🎉'.repeat(5000)],
    ]);
    const { by, note } = site.ledger.proposal(RUN_ID, functionName!).decision!;
    expect(by.name).toMatch(/^evil x+$/);
    expect(by.name).toHaveLength(NAME_MAX_CHARS);
    expect([...note!]).toEqual(Array.from({ length: NOTE_MAX_CHARS }, () => '🎉'));
  });

  it('in searches is shown as text and carried on as text', async () => {
    const site = hostileSite();
    for (const poison of POISON) {
      const text = bodyOf(
        await site.open(new URLSearchParams({ q: poison, owner: poison, result: poison }).toString()),
      );
      expect(text.match(/<script>/g)).toHaveLength(1);
      expect(text).not.toContain('<img');
      expect(text).not.toMatch(/(?:href|action)="(?!\/runs\/|#|data:,)/);
    }
  });

  it('in tags and reasons of functions is shown as text', async () => {
    const poison = '"><script>alert(1)</script>';
    const proposals = fixtureProposals(5).map((each) => ({
      ...each,
      assessment: {
        ...each.assessment,
        reason: poison,
        owner: { tool: 'sam', stackName: poison, logicalId: poison, team: poison },
        tags: { [poison]: poison },
        memory: { source: poison, reason: poison },
        advice: [{ kind: poison, message: poison }],
      },
    }));
    const text = bodyOf(await new PageSite(new MemoryPageLedger().addRun(fixtureRun(), proposals)).open());
    expect(text).toContain('&lt;script&gt;');
    expect(text.match(/<script>/g)).toHaveLength(1);
  });

  it('never reaches the log, and neither do links, nonces and runs', async () => {
    const site = hostileSite();
    const form = await formOf(site);
    await site.send(form);
    await site.send(form);
    await site.send({ ...form, headers: {} });
    await site.open('', OTHER_LINK_ID.slice(1));
    const log = JSON.stringify(site.lines);
    expect(site.lines).toHaveLength(4);
    for (const secret of [
      LINK_ID,
      OTHER_LINK_ID.slice(1),
      hashLinkId(LINK_ID),
      RUN_ID,
      'Ana',
      nonceOf(await site.open())!,
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('a ledger that fails', () => {
  it.each(['findRunIdByLink', 'getRun', 'listProposals'] as const)(
    'in %s answers with one clear page and no stack trace',
    async (method) => {
      const site = hostileSite();
      site.ledger[method] = async () => {
        throw new Error('socket hang up to 10.0.0.7');
      };
      const answer = await site.open();
      expect(answer.statusCode).toBe(500);
      expect(bodyOf(answer)).toContain('Something went wrong');
      expect(bodyOf(answer)).not.toMatch(/socket|10\.0\.0\.7|\bat .+:\d+:\d+/);
      expect(site.lines.map((each) => each.level)).toEqual(['error']);
    },
  );

  it('half-way through a form says that not all of it may have been taken', async () => {
    const site = hostileSite();
    const decide = site.ledger.decide.bind(site.ledger);
    const [first] = site.names();
    site.ledger.decide = async (runId, functionName, decision) => {
      if (functionName !== first) throw new Error('throttled');
      return decide(runId, functionName, decision);
    };
    const answer = await site.decide(choice('approved', site.names().slice(0, 4)));
    expect(answer.statusCode).toBe(500);
    expect(bodyOf(answer)).toContain('may be incomplete');
    expect(site.ledger.writes).toBe(1);
  });
});

it('task tokens are nowhere on the page', async () => {
  const proposals = fixtureProposals(3).map((each) => ({ ...each, taskToken: 'secret-task-token' }));
  const site = new PageSite(new MemoryPageLedger().addRun(fixtureRun(), proposals));
  expect(bodyOf(await site.open())).not.toContain('secret-task-token');
});
