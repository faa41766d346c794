FROM python:3.12.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1

# The number of the user rabbitmq in RabbitMQ's own image: the broker reads the definitions, which only their owner may.
RUN groupadd --gid 999 shangda && useradd --uid 999 --gid 999 --home-dir /srv/shangda --no-create-home shangda

WORKDIR /srv/shangda
COPY requirements.lock requirements.in pyproject.toml ./
RUN pip install --only-binary :all: --require-hashes -r requirements.lock

COPY contracts contracts
COPY network network
COPY services services
COPY gateway gateway
COPY shangda shangda
COPY policy policy
COPY deploy/install.sh deploy/install.sh
RUN pip install --no-deps --no-build-isolation -e . \
    && install -d -o shangda -g shangda -m 700 data ../definitions ../portal

USER shangda
ENTRYPOINT ["shangda"]
