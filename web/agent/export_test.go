package agent

// PackedMost is how long a packed address may be that each row of a list carries.
const PackedMost = packedMost
