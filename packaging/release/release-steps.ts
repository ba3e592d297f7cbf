import { tagOf } from './release-problems.ts';

export interface ReleaseStep {
  what: string;
  /** One line for bash, run at the top of the checkout. */
  line: string;
}

/** What a release does, in order; each step only if all before it ended well. Everything it makes is in `release/`. */
export function releaseSteps(version: string): ReleaseStep[] {
  const made = {
    package: `lambda-rightsizer-${version}.tgz`,
    template: `rightsizer-${version}.template.json`,
    bill: `rightsizer-${version}.cdx.json`,
    notes: `rightsizer-${version}.md`,
  };
  return [
    { what: 'check everything that must be green', line: '.ci/run' },
    {
      what: 'refuse if the checks changed a source (pictures are drawn anew)',
      line: "git diff --exit-code --stat HEAD -- . ':!docs/images'",
    },
    { what: 'begin with nothing', line: 'rm -rf release && mkdir release' },
    { what: 'pack the package', line: 'npm pack --silent --pack-destination release' },
    {
      what: 'synthesize the template',
      line: `npx cdk synth --quiet --output release/assembly && cp release/assembly/Rightsizer.template.json release/${made.template}`,
    },
    { what: 'list what ships', line: `npm run -s sbom > release/${made.bill}` },
    { what: 'take the notes from the changelog', line: `node packaging/release/notes.ts > release/${made.notes}` },
    {
      what: 'hash what was made',
      line: `cd release && sha256sum ${Object.values(made).join(' ')} > SHA256SUMS`,
    },
    { what: 'tag', line: `git tag --annotate --cleanup=verbatim --file release/${made.notes} ${tagOf(version)}` },
  ];
}

/** What is left to a person, because it cannot be taken back. */
export const publishingSteps = (version: string): ReleaseStep[] => [
  { what: 'publish the tag', line: `git push origin ${tagOf(version)}` },
  { what: 'publish the package', line: `npm publish release/lambda-rightsizer-${version}.tgz` },
];
