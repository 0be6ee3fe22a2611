"""Who got in touch: batches of contacts, their faults, and the phones and mailboxes that may be asked."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class Channel(StrEnum):
    PHONE = "phone"
    FACE_TO_FACE = "face_to_face"
    WEB = "web"
    EMAIL = "email"
    WEBCHAT = "webchat"
    POST = "post"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class PhoneKind(StrEnum):
    """What can be done with a number: only a mobile is texted."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    FOREIGN = "foreign"
    OTHER = "other"


class BatchState(StrEnum):
    MAPPING = "mapping"
    QUEUED = "queued"
    READING = "reading"
    LOADED = "loaded"
    REFUSED = "refused"


class PointKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


class Stop(StrEnum):
    """By which path somebody said stop."""

    PAGE = "page"
    REPLY = "reply"
    PROVIDER = "provider"
    SPAM_REPORT = "spam_report"
    BOUNCE = "bounce"
    UNSUBSCRIBE_HEADER = "unsubscribe_header"
    OFFICER = "officer"


class ImportBatch(Model):
    """One file of contacts on its way in. known counts rows that an earlier file had brought already."""

    __tablename__ = "import_batches"
    __table_args__ = (
        sa.CheckConstraint("rows >= 0 AND accepted >= 0 AND rejected >= 0 AND known >= 0", name="counts"),
        sa.CheckConstraint(
            "state <> 'loaded' OR rows = accepted + rejected + known", name="every_row_is_accounted_for"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(sa.String(120))
    source: Mapped[str] = mapped_column(sa.String(40))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    state: Mapped[BatchState] = mapped_column(enum_type(BatchState, "state"), index=True)
    mapping: Mapped[dict[str, Any]]
    make_services: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None] = mapped_column(index=True)


class ImportChunk(Model):
    """A piece of an uploaded file, compressed; let go as soon as the file is loaded or refused."""

    __tablename__ = "import_chunks"

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batches.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class ImportFault(Model):
    """What is wrong in one place of a file and what to do; never the value itself, which may be personal."""

    __tablename__ = "import_faults"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batches.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    column: Mapped[str] = mapped_column("column_name", sa.String(60))
    message: Mapped[str] = mapped_column(sa.String(300))


class SourceMapping(Model):
    """How a source's headers map to ours, remembered from its last upload."""

    __tablename__ = "source_mappings"

    source: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    mapping: Mapped[dict[str, Any]]


class Contact(Model):
    """One contact of a resident with the council, asked or not. day is the council's day of occurred_at."""

    __tablename__ = "contacts"
    __table_args__ = (
        sa.UniqueConstraint("source", "external_ref"),
        sa.Index("ix_contacts_day_service_id_channel", "day", "service_id", "channel"),
        sa.Index("ix_contacts_phone_hash", "phone_hash"),
        sa.Index("ix_contacts_email_hash", "email_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batches.id"), index=True)
    source: Mapped[str] = mapped_column(sa.String(40))
    external_ref: Mapped[str] = mapped_column(sa.String(80))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    occurred_at: Mapped[datetime]
    day: Mapped[date]
    phone: Mapped[str | None] = mapped_column(sa.String(20))
    phone_kind: Mapped[PhoneKind | None] = mapped_column(enum_type(PhoneKind, "phone_kind"))
    phone_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    email_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    language: Mapped[str] = mapped_column(sa.String(5))
    team: Mapped[str] = mapped_column(sa.String(80))
    area: Mapped[str] = mapped_column(sa.String(80))


class ContactPoint(Model):
    """A phone or mailbox under its keyed hash: stopped, asked, unusable. Outlives the address itself."""

    __tablename__ = "contact_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(16), unique=True)
    kind: Mapped[PointKind] = mapped_column(enum_type(PointKind, "kind"))
    opted_out_at: Mapped[datetime | None]
    opted_out_by: Mapped[Stop | None] = mapped_column(enum_type(Stop, "opted_out_by"))
    last_invited_at: Mapped[datetime | None]
    unusable_at: Mapped[datetime | None]
