/**
 * As `engines` in package.json says it of the package: Lambda's oldest supported Node.js. Inside the repository
 * (`devEngines`) any Node from 20 up will do, because npm brings the Node 24 that its scripts run on.
 */
export const NODE_MAJOR_MIN = 22;
