/** Something that endpoints are told of: an event's name and the body of its deliveries. */
export interface Occurrence {
	/** Counts on from 1. */
	number: number;
	event: string;
	/** The sales unit that it happened in. */
	msn: string;
	/** The same bytes in every delivery. */
	body: Buffer;
	/** What deliveries keep their order about; null where nothing needs an order. */
	about: string | null;
	reference: string | null;
	pspReference: string | null;
}

/** An occurrence out of its body, which may be anything. */
export function occurrenceOf(number: number, event: string, msn: string, body: Buffer): Occurrence {
	const told = parse(body.toString());
	const text = (name: string) => (typeof told[name] === 'string' ? told[name] : null);
	// Assumption: deliveries about a charge or an agreement keep their order as those about a payment do.
	const about = text('reference') ?? text('chargeId') ?? text('agreementId');
	return {
		number,
		event,
		msn,
		body,
		about: about === null ? null : `${msn} ${about}`,
		reference: text('reference'),
		pspReference: text('pspReference'),
	};
}

function parse(text: string): Record<string, unknown> {
	try {
		return Object(JSON.parse(text));
	} catch {
		return {};
	}
}
