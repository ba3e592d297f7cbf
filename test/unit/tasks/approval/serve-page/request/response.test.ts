import { createHash } from 'node:crypto';
import { pageResponse, seeOther } from '../../../../../../tasks/approval/serve-page/request/response.ts';
import { html } from '../../../../../../tasks/approval/serve-page/view/html.ts';
import { PAGE_SCRIPT } from '../../../../../../tasks/approval/serve-page/view/page-script.ts';
import { PAGE_STYLES } from '../../../../../../tasks/approval/serve-page/view/page-styles.ts';
import { bodyOf } from '../../../../../support/page/page-event.ts';

const page = html`<p>${'text '.repeat(1000)}</p>`;
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('responses', () => {
  it.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.5', '*'])(
    'are packed for a client that takes %j',
    (accept) => {
      const response = pageResponse(200, page, accept);
      expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(Buffer.from(response.body!, 'base64').length).toBeLessThan(page.text.length / 10);
      expect(bodyOf(response)).toBe(page.text);
    },
  );

  it.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.0'])('are left alone for a client that says %j', (accept) => {
    const response = pageResponse(200, page, accept);
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect(response.body).toBe(page.text);
  });

  it('allow exactly our own style sheet and script to run, and the form to go to this site only', () => {
    const policy = String(pageResponse(200, page, '').headers!['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${hashOf(PAGE_STYLES)}`);
    expect(policy).toContain(`script-src ${hashOf(PAGE_SCRIPT)}`);
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toContain('unsafe');
  });

  it('are never cached, sniffed, indexed, nor named to other sites, and set no cookie', () => {
    for (const { headers } of [pageResponse(200, page, ''), seeOther('/runs/x')]) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
        'referrer-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });
});
