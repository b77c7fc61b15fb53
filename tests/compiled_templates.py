"""Templates compiled once in a test process: each test has an application of its own, and compiling is what takes longest in making one."""

from dataclasses import dataclass, field

from jinja2.bccache import Bucket, BytecodeCache


@dataclass(eq=False)
class CompiledTemplates(BytecodeCache):
    """Keeps what Jinja compiled, in memory; Jinja itself compares what is kept with the template as it is now."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.kept[bucket.key] = bucket.bytecode_to_string()
