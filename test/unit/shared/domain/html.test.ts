import { escapeHtml } from '../../../../shared/domain/escape-html.ts';
import { html, trusted } from '../../../../shared/domain/html.ts';

describe('markup', () => {
  it('escapes every value but markup', () => {
    const name = `<img src=x onerror="a('&')">`;
    const escaped = '&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;';
    expect(html`<p title="${name}">${name}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
    expect(escapeHtml(name)).toBe(escaped);
  });

  it('keeps markup, numbers and lists of either as they are, and leaves out what is not there', () => {
    const row = (each: number) => html`<td>${each}</td>`;
    expect(html`<tr>${[row(0), row(1.5)]}${undefined}${false}${[['<']]}</tr>`.text).toBe(
      '<tr><td>0</td><td>1.5</td>&lt;</tr>',
    );
    expect(html`${trusted('<style>')}`.text).toBe('<style>');
    expect(html`${''}`.text).toBe('');
  });
});
