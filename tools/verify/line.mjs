/** What a check gives when its line does not apply to this package, or not on this computer. */
export class NotApplicable {
	/** @param {string} reason */
	constructor(reason) {
		this.reason = reason;
	}
}

/** The problem when something does not hold, for spreading into a list. */
export const unless = (holds, problem) => (holds ? [] : [problem]);

/**
 * @typedef {object} Line One line of the checklist
 * @property {string} id
 * @property {string} text what has to hold
 * @property {(subject: import('./subject.mjs').Subject) => Promise<string[] | NotApplicable> | string[] | NotApplicable} check
 *   gives what is wrong; nothing when the line holds
 */
