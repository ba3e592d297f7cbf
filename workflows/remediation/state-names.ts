/** Names of the remediation workflow's states: contract, because tests, alarms and operators key on them. */
export const RemediationState = {
  isOperatorRequest: 'IsOperatorRequest?',
  classifyAlarm: 'ClassifyAlarm',
  shouldAct: 'ShouldAct?',
  remediate: 'Remediate',
  answerRequest: 'AnswerRequest',
  isResourceChanged: 'IsResourceChanged?',
  waitForEffect: 'WaitForEffect',
  verifyAlarmCleared: 'VerifyAlarmCleared',
  isActionInVain: 'IsActionInVain?',
  undoInVain: 'UndoInVain',
  recordRemediation: 'RecordRemediation',
  remediationNotRecorded: 'RemediationNotRecorded',
} as const;
