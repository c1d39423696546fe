"""The study room, built whole."""

from dataclasses import dataclass
from random import random
from uuid import uuid4

from langagent.accounts.room import Accounts
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.jobs.service import Jobs
from langagent.study.optimisation.monthly import OPTIMISE_DUE, OptimiseDueTask
from langagent.study.optimisation.rescheduling import RESCHEDULE, RescheduleTask
from langagent.study.optimisation.routes import OptimisationRoutes
from langagent.study.optimisation.service import Optimisation
from langagent.study.optimisation.tasks import OPTIMISE, OptimiseTask
from langagent.study.queue.routes import QueueRoutes
from langagent.study.queue.service import StudyQueue
from langagent.study.ratings.routes import RatingRoutes
from langagent.study.ratings.service import Ratings
from langagent.study.schedules import queries as schedule_queries
from langagent.study.schedules.routes import ScheduleRoutes
from langagent.study.schedules.service import Schedules
from langagent.study.sessions.routes import SessionRoutes
from langagent.study.sessions.service import Sessions, level_progresses


@dataclass(frozen=True, slots=True)
class StudyRoom:
    """What the rooms above build on."""

    queue: StudyQueue
    ratings: Ratings
    sessions: Sessions
    operations: tuple[Operation, ...]
    nightly: tuple[str, ...]


def open_study(floor: Floor, jobs: Jobs, accounts: Accounts) -> StudyRoom:
    queue = StudyQueue(floor, random)
    ratings = Ratings(floor, queue, random)
    sessions = Sessions(floor, queue, uuid4)
    optimisation = Optimisation(floor, accounts.profiles, jobs)
    jobs.handle(OPTIMISE, OptimiseTask(floor).run)
    jobs.handle(OPTIMISE_DUE, OptimiseDueTask(optimisation).run)
    jobs.handle(RESCHEDULE, RescheduleTask(floor, accounts.profiles, random).run)
    accounts.profiles.count_with("level_progress", level_progresses)
    accounts.personal.collect("schedules", schedule_queries.exported_schedules)
    accounts.personal.collect("reviews", schedule_queries.exported_reviews)
    routes = (
        RatingRoutes(ratings),
        QueueRoutes(queue),
        SessionRoutes(sessions),
        ScheduleRoutes(Schedules(floor)),
        OptimisationRoutes(optimisation),
    )
    operations = tuple(operation for each in routes for operation in each.operations())
    return StudyRoom(queue, ratings, sessions, operations, nightly=(OPTIMISE_DUE,))
