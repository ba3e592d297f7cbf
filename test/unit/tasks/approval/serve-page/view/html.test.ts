import fc from 'fast-check';
import { html, trusted } from '../../../../../../tasks/approval/serve-page/view/html.ts';

describe('html', () => {
  it('escapes everything that could end a text or a quoted attribute', () => {
    expect(html`<p title="${`"'<>&`}">${'<script>'}</p>`.text).toBe(
      '<p title="&quot;&#39;&lt;&gt;&amp;">&lt;script&gt;</p>',
    );
  });

  it('lets no text from outside make markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '`', '=') }), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('keeps markup of its own making, nested and in lists', () => {
    expect(html`<ul>${['a', 'b<'].map((each) => html`<li>${each}</li>`)}</ul>`.text).toBe(
      '<ul><li>a</li><li>b&lt;</li></ul>',
    );
  });

  it('renders absent and false values as nothing, and zero as zero', () => {
    expect(html`[${undefined}${false}${0}${''}]`.text).toBe('[0]');
  });

  it('passes trusted text through', () => {
    expect(html`${trusted('<b>')}`.text).toBe('<b>');
  });
});
