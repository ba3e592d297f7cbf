/** Who may import whom; docs/architecture.md has the table in words. Run by `npm run check:imports`, part of `npm test`. */
const ROOMS = '^(infra|workflows|tasks|shared|sandbox|bench|cli|examples|test)/';
const SDK = '^node_modules/@(aws-sdk|smithy)/';
const CDK = '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/';

const DEV_ONLY =
  '^node_modules/(@cloud-copilot/|@swc/|@biomejs/|asl-validator|autocannon|aws-cdk|axe-core|cdk-nag|constructs|dependency-cruiser|dynalite|esbuild|fast-check|jest|jose/|jsonata|oidc-provider|playwright-core|typescript)';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-circular',
      'A cycle hides which file depends on which; an interpreter is recursive, so the engine is exempt',
      { pathNot: '^sandbox/engine/' },
      { circular: true },
    ),
    forbid('no-unresolved', 'Every import must exist', {}, { couldNotResolve: true }),
    forbid(
      'domain-is-pure',
      'shared/domain, contracts, constants and errors know neither AWS nor CDK nor any other room',
      { path: '^shared/(domain/|contracts/|constants\\.ts|aws-rates\\.ts|errors\\.ts)' },
      {
        path: [
          SDK,
          CDK,
          '^node_modules/@aws-lambda-powertools/',
          '^(infra|workflows|tasks|sandbox|bench|cli|examples|test)/',
          '^shared/(clients|observability|env|clock|connection-pool|cloudwatch-)',
        ],
      },
    ),
    forbid(
      'clients-stay-below',
      'shared/clients may use domain, contracts, errors, env and the SDK',
      { path: '^shared/clients/' },
      { path: [CDK, '^(infra|workflows|tasks|sandbox|bench|cli|examples|test)/'] },
    ),
    forbid(
      'shared-stays-below',
      'Nothing in shared imports a room above it, or CDK',
      { path: '^shared/' },
      { path: [CDK, '^(infra|workflows|tasks|sandbox|bench|cli|examples|test)/'] },
    ),
    forbid(
      'tasks-stand-alone',
      'A task imports shared, never another task, whichever room either is in',
      { path: '^tasks/([^/]+)/([^/]+)/' },
      { path: '^tasks/', pathNot: '^tasks/$1/$2/' },
    ),
    forbid(
      'workflows-meet-in-shared',
      'Night, approval, remediation and configuration share by way of shared/ and what stands beside their folders',
      { path: '^workflows/([^/]+)/' },
      { path: '^workflows/[^/]+/', pathNot: '^workflows/$1/' },
    ),
    forbid(
      'tasks-know-no-stack',
      'A task knows neither CDK nor the rooms that deploy or try it',
      { path: '^tasks/' },
      { path: [CDK, '^(infra|workflows|sandbox|bench|cli|examples|test)/'] },
    ),
    forbid(
      'workflows-only-describe',
      'Workflows import CDK, contracts, constants and error names',
      { path: '^workflows/' },
      {
        path: [
          SDK,
          '^(infra|tasks|sandbox|bench|cli|examples|test)/',
          '^shared/(clients|observability|env|clock|domain)',
        ],
      },
    ),
    forbid(
      'infra-imports-no-code-of-tasks',
      'Infrastructure takes tasks by entry path only; what stands in for a part of the SDK in their bundles may build on another',
      { path: '^infra/', pathNot: '^infra/constructs/left-out/several-regions[.]ts$' },
      { path: [SDK, '^(tasks|sandbox|bench|cli|examples|test)/', '^shared/(clients|observability)'] },
    ),
    forbid(
      'cli-needs-no-stack',
      'The command line is published: it uses shared and the decisions of tasks, nothing that deploys or tries them',
      { path: '^cli/' },
      { path: [CDK, '^(infra|workflows|sandbox|bench|examples|test)/'] },
    ),
    forbid(
      'engine-stands-alone',
      'The engine could be replaced by a library: it imports nothing of the product',
      { path: '^sandbox/(engine|clock)/' },
      { path: [SDK, CDK, ROOMS], pathNot: '^sandbox/(engine|clock)/' },
    ),
    forbid(
      'account-judges-independently',
      'The embedded account may not share code with what it judges',
      { path: '^sandbox/(account|fleet)/' },
      { path: [CDK, '^(infra|workflows|tasks|shared|bench|cli|examples|test)/', '^sandbox/(deployment|demos)/'] },
    ),
    forbid(
      'product-never-imports-tests',
      'Nothing but tests and benches imports tests',
      { pathNot: '^(test|bench)/' },
      { path: '^test/' },
    ),
    forbid(
      'no-dev-dependencies-in-what-ships',
      'What is bundled or published may only use dependencies',
      { path: '^(tasks|shared|cli)/' },
      { path: DEV_ONLY },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|coverage)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
