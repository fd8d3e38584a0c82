import { sleep, WAIT_INDEFINITELY, type INodeType } from 'n8n-workflow';
import { describeNode } from './describe';

const MS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** n8n puts away no execution that goes on within this time. */
const SHORT_MS = 65_000;

/** A time, which is waited for when it is short, or a form, or a call. */
export const waitNode: INodeType = {
	description: describeNode(
		'wait',
		['resume', 'amount', 'unit', 'limitWaitTime', 'resumeAmount', 'resumeUnit'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
	),
	async execute() {
		const duration = (amount: string, unit: string) =>
			(this.getNodeParameter(amount, 0) as number) *
			MS[this.getNodeParameter(unit, 0) as keyof typeof MS];
		const later = (ms: number) => new Date(Date.now() + ms);
		if (this.getNodeParameter('resume', 0) === 'timeInterval') {
			const ms = duration('amount', 'unit');
			if (ms < SHORT_MS) await sleep(ms);
			else await this.putExecutionToWait(later(ms));
		} else {
			const isLimited = this.getNodeParameter('limitWaitTime', 0, false) === true;
			await this.putExecutionToWait(
				isLimited ? later(duration('resumeAmount', 'resumeUnit')) : WAIT_INDEFINITELY,
			);
		}
		return [this.getInputData()];
	},
};
