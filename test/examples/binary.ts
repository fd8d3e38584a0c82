import type { INodeExecutionData } from 'n8n-workflow';

/** The file of an item, as text with its byte order mark. */
export function fileOf({ binary }: INodeExecutionData): { name: string; text: string } {
	const { data, fileName = '' } = binary?.data ?? { data: '' };
	return { name: fileName, text: Buffer.from(data, 'base64').toString('utf8') };
}
