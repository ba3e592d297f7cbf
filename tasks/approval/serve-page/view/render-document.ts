import { type Html, html, trusted } from './html.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLES } from './page-styles.ts';

/** The frame around every page: nothing in it is loaded from anywhere. */
export function renderDocument(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Rightsizer</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>${trusted(PAGE_STYLES)}</style>
</head>
<body>
${body}
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`;
}
