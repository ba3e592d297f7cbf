export { type Html, type HtmlValue, html, trusted } from '../../../../shared/domain/html.ts';
