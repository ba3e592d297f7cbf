import { readDeployedConfiguration } from '../clients/deployed-configuration.ts';
import { readCheckout } from '../input/checkout.ts';
import { driftedFields } from './configuration-drift.ts';
import { type Deployment, type Finding, fine, wrong } from './finding.ts';

/** Whether the stack was deployed as the checkout in this directory would deploy it. */
export async function checkConfiguration({ stackName, directory }: Deployment): Promise<Finding> {
  const deployed = await readDeployedConfiguration(stackName);
  if (deployed === undefined)
    return wrong('the stack tells no configuration', 'it is of an older release: deploy again');
  const says = `release ${deployed.release}`;
  const here = readCheckout(directory);
  if (here === undefined) return fine(`${says}; no checkout here to compare it with`);
  const configuredName = here.configuration['stackName'] ?? 'Rightsizer';
  if (configuredName !== stackName) return fine(`${says}; cdk.json here is about stack ${configuredName}`);
  const fields = driftedFields(here.configuration, deployed.configuration);
  if (fields.length > 0) {
    return wrong(
      `${says}; deployed otherwise than cdk.json says: ${fields.join(', ')}`,
      'deploy again ("npx cdk deploy"), or write into cdk.json what was given with -c',
    );
  }
  if (here.release !== deployed.release)
    return wrong(
      `${says}, here is ${here.release}`,
      'deploy again ("npx cdk deploy"), or check the deployed release out',
    );
  return fine(`${says}, as cdk.json says`);
}
