/** Ids of nights; they become keys in the run bucket, so nothing else may pass. */
export const RUN_ID = /^(scheduled|manual)-[\w.-]{1,100}$/;
