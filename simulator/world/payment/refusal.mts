/** Something that the ePayment API does not do, by its number in the documentation's list of errors. */
export class Refusal extends Error {
	readonly code: number;
	/** The HTTP status, where it is not the code's usual one. */
	readonly status: number | undefined;
	/** The field that is to blame, where there is one. */
	readonly field: string | undefined;

	constructor(code: number, { field, status }: { field?: string; status?: number } = {}) {
		super(`Refused with ${code}`);
		this.code = code;
		this.field = field;
		this.status = status;
	}
}
