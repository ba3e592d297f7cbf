import { sectionOf } from './changelog.ts';
import { gatherFacts } from './gather-facts.ts';

/** Prints what the changelog says of the version in package.json; a release's tag carries it. */
const { version, changelog } = gatherFacts();
const section = sectionOf(changelog, version);
if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}`);
process.stdout.write(`Rightsizer ${version}\n\n${section.notes}\n`);
