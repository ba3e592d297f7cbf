import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleHandlers } from '../../infra/constructs/task-code.ts';
import { handler } from '../support/bundled-pages.ts';
import { runOfBundle } from '../support/run-of-bundle.ts';

it('draws the same pages with what the bundles leave out of d3', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-bundled-pages-'));
  try {
    const bundle = path.join(folder, 'pages.mjs');
    writeFileSync(bundle, bundleHandlers({ pages: 'test/support/bundled-pages.ts' }).get('pages')!.code);
    expect(runOfBundle(bundle)).toEqual(await handler());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
