import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import { refusal } from '../../../parameters';

export const airlineDataProperty: INodeProperties = {
	displayName: 'Airline Data',
	name: 'airlineData',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Airline Data',
	options: [
		{
			displayName: 'Ticket',
			name: 'ticket',
			values: [
				{
					displayName: 'Agency Invoice Number',
					name: 'agencyInvoiceNumber',
					type: 'string',
					default: '',
					description: 'Number of the invoice, at most 6 characters',
				},
				{
					displayName: 'Airline Code',
					name: 'airlineCode',
					type: 'string',
					default: '',
					placeholder: 'e.g. 074',
					description: 'IATA accounting code, 3 digits',
				},
				{
					displayName: 'Airline Designator Code',
					name: 'airlineDesignatorCode',
					type: 'string',
					default: '',
					placeholder: 'e.g. KL',
					description: 'IATA airline code, 2 characters',
				},
				{
					displayName: 'Passenger Name',
					name: 'passengerName',
					type: 'string',
					default: '',
					description: 'Last name, first name or initials, title; at most 49 characters',
				},
				{
					displayName: 'Ticket Number',
					name: 'ticketNumber',
					type: 'string',
					default: '',
					description: 'May be left empty; at most 150 characters',
				},
			],
		},
	],
};

/** Field, its least and its most characters; the ticket number alone may be missing. */
const LENGTHS: Array<[name: string, displayName: string, least: number, most: number]> = [
	['agencyInvoiceNumber', 'Agency Invoice Number', 1, 6],
	['airlineCode', 'Airline Code', 3, 3],
	['airlineDesignatorCode', 'Airline Designator Code', 2, 2],
	['passengerName', 'Passenger Name', 1, 49],
	['ticketNumber', 'Ticket Number', 0, 150],
];

export function readAirlineData(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
): ApiObject | undefined {
	const ticket = (given as IDataObject | undefined)?.ticket as IDataObject | undefined;
	if (!ticket) return undefined;
	const entries = LENGTHS.map(([name, displayName, least, most]) => {
		const text = String(ticket[name] ?? '').trim();
		if (text.length >= least && text.length <= most) return [name, text] as const;
		const range = least === most ? `${least}` : `${least} to ${most}`;
		throw refusal(
			context,
			itemIndex,
			`'${displayName}' of the airline data has ${text.length} characters`,
			`It must have ${range}.`,
		);
	});
	return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}
