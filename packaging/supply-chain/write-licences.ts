import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { licencesDocument } from './licences-table.ts';
import { PROJECT_ROOT } from './shipped-packages.ts';

/** `npm run docs:licences` */
writeFileSync(path.join(PROJECT_ROOT, 'docs/licences.md'), licencesDocument());
